// The servers that are measured: how each is started on a port, and where it makes and counts groups.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '..', '..');

/** What the build makes: the command, and the library's door. */
export const CLI = join(root, 'dist/src/cli/main.js');
export const LIBRARY = join(root, 'dist/src/index.js');
const require = createRequire(import.meta.url);
const prismHome = dirname(require.resolve('@stoplight/prism-cli/package.json'));

export const prismVersion = require('@stoplight/prism-cli/package.json').version;

const byGet = async (url) => (await (await fetch(url)).json()).count;

async function bySearch(url, headers) {
  const response = await fetch(`${url}/search`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ limit: 1 }),
  });
  return (await response.json()).pagination.total;
}

const peer = (id, name, file, ...more) => ({
  id,
  name,
  path: '/v1/groups',
  count: byGet,
  unique: id !== 'raw',
  echoes: true,
  args: (port) => [join(here, 'peers', file), port, ...more],
});

const tallystick = (id, name, ...more) => ({
  id,
  name,
  path: '/flexprice/v1/groups',
  count: bySearch,
  unique: true,
  echoes: true,
  args: (port, folder) => [
    CLI,
    ...['mock', 'flexprice', '--port', port, '--json', '--quiet'],
    ...(more.includes('--ephemeral') ? [] : ['--data-dir', folder]),
    ...more,
  ],
});

/** A stateless mock: its answers are the spec's examples, and it has nothing to count. */
export const prismServer = (file) => ({
  id: 'prism',
  name: `Prism ${prismVersion} (stateless, -v silent)`,
  path: '/groups',
  unique: false,
  echoes: false,
  args: (port) => [join(prismHome, 'dist/index.js'), ...['mock', '-p', port, '-v', 'silent', file]],
});

export const SERVERS = [
  peer('raw', 'raw node:http', 'raw.mjs'),
  peer('express', 'Express 5 + ajv + Map', 'express.mjs'),
  peer('express-proto', 'same, own prototypes', 'express.mjs', 'own-prototypes'),
  prismServer(join(root, 'specs/flexprice.yaml')),
  tallystick('tallystick', 'tallystick, rules + journal'),
  tallystick('tallystick-memory', 'tallystick, --durability memory', '--durability', 'memory'),
];

export const serverOf = (id) => SERVERS.find((server) => server.id === id);
