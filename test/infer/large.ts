// A document of many operations, made by rule: collections with entries, collections below them, actions, lists with
// pages, schemas that refer to each other in circles.

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const done = (schema: object, status = '200') => ({
  responses: { [status]: { description: 'Done', ...json(schema) } },
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** Each has eight operations: five of its own, and three below it. */
const OPERATIONS_EACH = 8;

/** The other schemas that a schema names: those of its circle, in which each reaches each. */
function inCircle(i: number, count: number, circle: number) {
  const first = i - (i % circle);
  const length = Math.min(circle, count - first);
  return (factor: number, more: number) =>
    ref(`Thing${first + (((i - first) * factor + more) % length)}`);
}

function record(i: number, count: number, circle: number): object {
  const other = inCircle(i, count, circle);
  return {
    type: 'object',
    required: ['id', 'name', 'created_at'],
    properties: {
      id: { type: 'string' },
      name: { type: 'string' },
      status: { type: 'string', enum: ['open', 'closed'] },
      created_at: { type: 'string', format: 'date-time' },
      // Written out, they would never end.
      next: other(1, 1),
      others: { type: 'array', items: other(7, 3) },
      more: other(5, 2),
    },
  };
}

function pathsOf(i: number): [string, object][] {
  const [name, id] = [`Thing${i}`, `thing${i}_id`];
  const input = { requestBody: { required: true, ...json(ref(`${name}Input`)) } };
  const page = [
    { name: 'page', in: 'query', schema: { type: 'integer' } },
    { name: 'per_page', in: 'query', schema: { type: 'integer', maximum: 100 } },
  ];
  const list = {
    type: 'object',
    required: ['data', 'total'],
    properties: { data: { type: 'array', items: ref(name) }, total: { type: 'integer' } },
  };
  const own = { parameters: [inPath(id)] };
  return [
    [
      `/things${i}`,
      {
        get: { operationId: `list${name}`, parameters: page, ...done(list) },
        post: { operationId: `create${name}`, ...input, ...done(ref(name), '201') },
      },
    ],
    [
      `/things${i}/{${id}}`,
      {
        ...own,
        get: { operationId: `get${name}`, ...done(ref(name)) },
        patch: { operationId: `update${name}`, ...input, ...done(ref(name)) },
        delete: { operationId: `delete${name}`, responses: { '204': { description: 'Gone' } } },
      },
    ],
    [
      `/things${i}/{${id}}/close`,
      { ...own, post: { operationId: `close${name}`, ...done(ref(name)) } },
    ],
    [
      `/things${i}/{${id}}/notes`,
      {
        ...own,
        get: { operationId: `listNotes${i}`, ...done({ type: 'array', items: ref(`Note${i}`) }) },
        post: {
          operationId: `addNote${i}`,
          requestBody: json({ type: 'object', properties: { text: { type: 'string' } } }),
          ...done(ref(`Note${i}`), '201'),
        },
      },
    ],
  ];
}

/** A document of so many operations, rounded up to whole collections; so many schemas reach each other, or all do. */
export function largeDocument(operations: number, circle = Number.POSITIVE_INFINITY): object {
  const count = Math.ceil(operations / OPERATIONS_EACH);
  const round = Math.min(circle, count);
  const all = Array.from({ length: count }, (_, i) => i);
  const schemas = all.flatMap((i): [string, object][] => [
    [`Thing${i}`, record(i, count, round)],
    [
      `Thing${i}Input`,
      {
        type: 'object',
        properties: { name: { type: 'string' }, next: inCircle(i, count, round)(1, 1) },
      },
    ],
    [
      `Note${i}`,
      { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } },
    ],
  ]);
  return {
    openapi: '3.1.0',
    info: { title: 'Many things', version: '1' },
    paths: Object.fromEntries(all.flatMap(pathsOf)),
    components: { schemas: Object.fromEntries(schemas) },
  };
}
