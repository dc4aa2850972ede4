// A small API of files, a server that plays it as it is told, and the proxy between.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { bareContract } from '../../src/proxy/bare.ts';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../src/proxy/start.ts';
import { parseSpec } from '../../src/spec/spec.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** A server that does as it is told; its base URL. */
export async function target(handler: Handler): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    handler(request, response, Buffer.concat(chunks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const FILES = `
openapi: 3.1.0
info: { title: Files, version: '1' }
servers: [{ url: /base }]
paths:
  /files/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: page, in: query, schema: { type: integer } }]
      responses:
        '200': { description: it, content: { application/json: { schema: { type: object, required: [id] } }, application/octet-stream: {}, text/event-stream: {} } }
        default: { description: wrong, content: { application/problem+json: {} } }
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name] } } } }
      responses: { 2XX: { description: kept } }
`;

/** The proxy before a server of files. */
export async function proxied(
  to: string,
  options: Partial<ProxyOptions> = {},
): Promise<RunningProxy> {
  const contract = bareContract(parseSpec(FILES, 'files.yaml'));
  const proxy = await startProxy({ contract, target: to, ...options });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** What it found, in words. */
export const violated = (proxy: RunningProxy) =>
  proxy
    .report()
    .results.filter(({ verdict }) => verdict === 'violated')
    .map(({ id, reason }) => `${id}: ${reason}`);
