// A code forge: repositories below organisations and by their own id, issues below repositories, labels by name,
// wrapped bodies, soft deletes.

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const ok = (schema: object, status = '200') => ({
  responses: { [status]: { description: 'Done', ...json(schema) } },
});
const body = (schema: object) => ({ requestBody: { required: true, ...json(schema) } });
const inPath = (name: string, type = 'string') => ({
  name,
  in: 'path',
  required: true,
  schema: { type },
});
const items = (name: string) => ({
  type: 'object',
  required: ['items', 'total_count'],
  properties: {
    items: { type: 'array', items: ref(name) },
    total_count: { type: 'integer' },
    next_page_token: { type: 'string' },
  },
});
const byPage = [
  { name: 'page_size', in: 'query', schema: { type: 'integer', maximum: 50 } },
  { name: 'page_token', in: 'query', schema: { type: 'string' } },
];

export const forge = {
  openapi: '3.1.0',
  info: { title: 'Anvil', version: '3' },
  paths: {
    '/orgs': {
      get: { operationId: 'listOrgs', ...ok({ type: 'array', items: ref('Org') }) },
      post: {
        operationId: 'createOrg',
        ...body({ type: 'object', required: ['slug'], properties: { slug: { type: 'string' } } }),
        ...ok(ref('Org'), '201'),
      },
    },
    '/orgs/{slug}': {
      parameters: [inPath('slug')],
      get: { operationId: 'getOrg', ...ok(ref('Org')) },
      delete: { operationId: 'archiveOrg', ...ok(ref('Org')) },
    },
    '/orgs/{slug}/repos': {
      parameters: [inPath('slug')],
      get: { operationId: 'listRepos', parameters: byPage, ...ok(items('Repo')) },
      post: {
        operationId: 'createRepo',
        ...body(ref('RepoInput')),
        ...ok({ type: 'object', required: ['repo'], properties: { repo: ref('Repo') } }, '201'),
      },
    },
    '/orgs/{slug}/repos/{repoId}': {
      parameters: [inPath('slug'), inPath('repoId', 'integer')],
      get: { operationId: 'getRepo', ...ok(ref('Repo')) },
      put: { operationId: 'putRepo', ...body(ref('RepoInput')), ...ok(ref('Repo')) },
      delete: { operationId: 'deleteRepo', responses: { '204': { description: 'Gone' } } },
    },
    '/orgs/{slug}/repos/{repoId}/issues': {
      parameters: [inPath('slug'), inPath('repoId', 'integer')],
      get: {
        operationId: 'listIssues',
        parameters: [{ name: 'state', in: 'query', schema: { type: 'string' } }],
        ...ok({ type: 'array', items: ref('Issue') }),
      },
      post: {
        operationId: 'openIssue',
        ...body({
          type: 'object',
          required: ['issue'],
          properties: {
            issue: {
              type: 'object',
              required: ['title'],
              properties: { title: { type: 'string' }, assignee_id: { type: 'integer' } },
            },
          },
        }),
        ...ok(ref('Issue'), '201'),
      },
    },
    '/orgs/{slug}/repos/{repoId}/issues/{number}': {
      parameters: [inPath('slug'), inPath('repoId', 'integer'), inPath('number', 'integer')],
      get: { operationId: 'getIssue', ...ok(ref('Issue')) },
    },
    '/orgs/{slug}/repos/{repoId}/issues/{number}/close': {
      parameters: [inPath('slug'), inPath('repoId', 'integer'), inPath('number', 'integer')],
      post: { operationId: 'closeIssue', ...ok(ref('Issue')) },
    },
    '/search': {
      get: {
        operationId: 'search',
        ...ok({ type: 'object', properties: { hits: { type: 'integer' } } }),
      },
    },
  },
  components: {
    schemas: {
      Org: {
        type: 'object',
        required: ['slug', 'status', 'url'],
        properties: {
          slug: { type: 'string' },
          status: { type: 'string', enum: ['active', 'archived'], default: 'active' },
          url: { type: 'string', format: 'uri' },
        },
      },
      RepoInput: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, private: { type: 'boolean', default: false } },
      },
      Repo: {
        type: 'object',
        required: ['id', 'name', 'private', 'createdAt', 'updatedAt'],
        properties: {
          id: { type: 'integer' },
          name: { type: 'string' },
          private: { type: 'boolean' },
          org_slug: { type: 'string' },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
          fork_of: { anyOf: [ref('Repo'), { type: 'null' }] },
        },
      },
      Issue: {
        type: 'object',
        required: ['number', 'title', 'state'],
        properties: {
          number: { type: 'integer' },
          title: { type: 'string' },
          state: { type: 'string', enum: ['open', 'closed'] },
          closed_at: { type: ['string', 'null'], format: 'date-time' },
          repo_id: { type: 'integer' },
        },
      },
    },
  },
};
