// What a developer writes by hand in an hour: Express 5, express.json, a compiled ajv schema, a Map that
// keeps lookup keys unique. `node express.mjs PORT [own-prototypes]`; the word adds the trick of the
// design's section 11, which tallystick uses too.

import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { Ajv } from 'ajv';
import express from 'express';
import { groupOf, NEW_GROUP } from './group.mjs';

const [, , port, trick] = process.argv;
const isNewGroup = new Ajv({ allErrors: true }).compile(NEW_GROUP);
const groups = new Map();

const app = express();
app.use(express.json());
app.post('/v1/groups', (request, response) => {
  if (request.get('x-api-key') === undefined) {
    return response.status(401).json({ code: 'permission_denied' });
  }
  if (!isNewGroup(request.body)) {
    return response.status(400).json({ code: 'validation_error', details: isNewGroup.errors });
  }
  if (groups.has(request.body.lookup_key)) {
    return response.status(400).json({ code: 'already_exists' });
  }
  const group = groupOf(request.body);
  groups.set(group.lookup_key, group);
  response.status(201).json(group);
});
app.get('/v1/groups', (_request, response) => response.json({ count: groups.size }));

/** Requests and answers that are born with the prototypes which Express would give them. */
function classesOf() {
  class Req extends IncomingMessage {}
  class Res extends ServerResponse {}
  Object.setPrototypeOf(Req.prototype, app.request);
  Object.setPrototypeOf(Res.prototype, app.response);
  app.request = Req.prototype;
  app.response = Res.prototype;
  return { IncomingMessage: Req, ServerResponse: Res };
}

const options = trick === 'own-prototypes' ? classesOf() : {};
createServer(options, app).listen(Number(port), '127.0.0.1');
