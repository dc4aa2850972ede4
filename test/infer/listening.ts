// An Express app on a free port of this machine, until it is closed.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export async function listening(app: Express): Promise<Listening> {
  const server = await new Promise<Server>((done) => {
    const started: Server = app.listen(0, '127.0.0.1', () => done(started));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
