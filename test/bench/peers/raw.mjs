// The floor under any server of JSON records: node:http, JSON.parse, a Map. No rules, no routes, no checks.
// `node raw.mjs PORT`

import { createServer } from 'node:http';
import { groupOf } from './group.mjs';

const groups = new Map();

function answer(response, status, value) {
  const text = JSON.stringify(value);
  const length = Buffer.byteLength(text);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length });
  response.end(text);
}

createServer((request, response) => {
  if (request.method === 'GET') return answer(response, 200, { count: groups.size });
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const group = groupOf(JSON.parse(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    groups.set(group.lookup_key, group);
    answer(response, 201, group);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
