// Documents that are right in unusual ways, each with what should be guessed of it, written by hand.

export interface Unusual {
  readonly document: object;
  /** `operation: verb resource`, in the order of the table. */
  readonly bindings: readonly string[];
  readonly unbound?: readonly string[];
}

type Named = Readonly<Record<string, object>>;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object, type = 'application/json') => ({ content: { [type]: { schema } } });
const ok = (schema: object, status = '200') => ({
  [status]: { description: 'Done', ...json(schema) },
});
const gone = { '204': { description: 'Gone' } };
const missing = { '404': { description: 'None' } };
const sent = (schema: object) => ({ required: true, ...json(schema) });
const inPath = (name: string, schema: object = { type: 'string' }) => ({
  ...{ name, in: 'path', required: true, schema },
});
const inQuery = (name: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  schema,
});
const text = { type: 'string' };
const whole = { type: 'integer' };
const list = (schema: object) => ({ type: 'array', items: schema });
const object = (properties: Named, required: readonly string[] = []) => ({
  ...{ type: 'object', properties, required },
});
const get = (operationId: string, schema: object, parameters: readonly object[] = []) => ({
  get: { operationId, parameters, responses: { ...ok(schema), ...missing } },
});
const write = (method: string, operationId: string, body: object, answers: object) => ({
  [method]: { operationId, requestBody: sent(body), responses: answers },
});
const post = (operationId: string, body: object, answer: object) =>
  write('post', operationId, body, ok(answer, '201'));

function document(openapi: string, paths: Named, schemas: Named): object {
  const info = { title: 'Unusual', version: '1' };
  return { openapi, info, paths, components: { schemas } };
}

/** Ids that are called slug, code, uuid, and a number that counts. */
const ids: Unusual = {
  document: document(
    '3.1.0',
    {
      '/articles': {
        ...get('listArticles', list(ref('Article'))),
        ...post('writeArticle', ref('Article'), ref('Article')),
      },
      '/articles/{slug}': { parameters: [inPath('slug')], ...get('readArticle', ref('Article')) },
      '/coupons': {
        ...get('listCoupons', list(ref('Coupon'))),
        ...post('addCoupon', object({ percent: whole }), ref('Coupon')),
      },
      '/coupons/{couponCode}': {
        parameters: [inPath('couponCode')],
        ...get('readCoupon', ref('Coupon')),
      },
      '/devices': {
        ...get('listDevices', list(ref('Device'))),
        ...post('addDevice', object({ label: text }), ref('Device')),
      },
      '/devices/{uuid}': {
        parameters: [inPath('uuid', { type: 'string', format: 'uuid' })],
        ...get('readDevice', ref('Device')),
      },
      '/seats': {
        ...get('listSeats', list(ref('Seat'))),
        ...post('addSeat', object({ row: text }), ref('Seat')),
      },
      '/seats/{number}': { parameters: [inPath('number', whole)], ...get('readSeat', ref('Seat')) },
    },
    {
      Article: object({ slug: text, title: text }, ['slug', 'title']),
      Coupon: object({ id: text, code: text, percent: whole }, ['code']),
      Device: object({ uuid: { type: 'string', format: 'uuid' }, label: text }, ['uuid']),
      Seat: object({ number: whole, row: text }, ['number']),
    },
  ),
  bindings: [
    'article: a resource, id slug',
    'listArticles: list article',
    'writeArticle: create article',
    'readArticle: read article',
    'coupon: a resource, id code',
    'listCoupons: list coupon',
    'addCoupon: create coupon',
    'readCoupon: read coupon',
    'device: a resource, id uuid',
    'listDevices: list device',
    'addDevice: create device',
    'readDevice: read device',
    'seat: a resource, id number',
    'listSeats: list seat',
    'addSeat: create seat',
    'readSeat: read seat',
  ],
};

const data = (schema: object) => object({ data: schema }, ['data']);

/** Everything in `data`, one record too; nothing but PATCH changes it; the type is in the record. */
const wrapped: Unusual = {
  document: document(
    '3.1.0',
    {
      '/tracks': {
        ...get(
          'listTracks',
          object({ data: list(ref('Track')), meta: object({ total: whole }, ['total']) }, [
            'data',
            'meta',
          ]),
          [inQuery('page[number]', whole), inQuery('page[size]', whole)],
        ),
        ...post(
          'addTrack',
          data(object({ attributes: ref('Attributes') }, ['attributes'])),
          data(ref('Track')),
        ),
      },
      '/tracks/{id}': {
        parameters: [inPath('id')],
        ...get('getTrack', data(ref('Track'))),
        ...write(
          'patch',
          'changeTrack',
          data(object({ attributes: ref('Attributes') })),
          ok(data(ref('Track'))),
        ),
        delete: { operationId: 'dropTrack', responses: { ...gone, ...missing } },
      },
    },
    {
      Attributes: object({ title: text, seconds: whole }),
      Track: object({ id: text, type: { const: 'track' }, attributes: ref('Attributes') }, [
        'id',
        'type',
        'attributes',
      ]),
    },
  ),
  bindings: [
    'track: a resource, id id',
    'listTracks: list track',
    'addTrack: create track',
    'getTrack: read track',
    'dropTrack: delete track',
    'changeTrack: update track',
  ],
};

/** POST to an entry updates it; a delete answers the record, or a word; a replacement answers nothing. */
const answers: Unusual = {
  document: document(
    '3.0.3',
    {
      '/boxes': {
        ...get('listBoxes', object({ boxes: list(ref('Box')) })),
        ...post('makeBox', ref('BoxInput'), ref('Box')),
      },
      '/boxes/{box_id}': {
        parameters: [inPath('box_id')],
        ...get('getBox', ref('Box')),
        ...write('post', 'changeBox', ref('BoxInput'), ok(ref('Box'))),
        ...write('put', 'replaceBox', ref('BoxInput'), gone),
        delete: { operationId: 'dropBox', responses: ok(ref('Box')) },
      },
      '/lids': {
        ...get('listLids', list(ref('Lid'))),
        ...post('makeLid', object({ colour: text }), ref('Lid')),
      },
      '/lids/{lid_id}': {
        parameters: [inPath('lid_id')],
        ...get('getLid', ref('Lid')),
        delete: {
          operationId: 'dropLid',
          responses: ok(object({ id: text, deleted: { type: 'boolean' } }, ['id', 'deleted'])),
        },
      },
    },
    {
      Box: object({ id: text, label: { type: 'string', nullable: true }, size: whole }, [
        'id',
        'label',
      ]),
      BoxInput: object({ label: { type: 'string', nullable: true }, size: whole }),
      Lid: object({ id: text, colour: text }, ['id']),
    },
  ),
  bindings: [
    'box: a resource, id id',
    'listBoxes: list box',
    'makeBox: create box',
    'getBox: read box',
    'replaceBox: update box',
    'changeBox: update box',
    'dropBox: delete box',
    'lid: a resource, id id',
    'listLids: list lid',
    'makeLid: create lid',
    'getLid: read lid',
    'dropLid: delete lid',
  ],
};

/** Three deep, with records that are unions or put together, fields that are only read or only written. */
const nested: Unusual = {
  document: document(
    '3.1.0',
    {
      '/orgs': {
        ...get('listOrgs', list(ref('Org'))),
        ...post('addOrg', object({ name: text }, ['name']), ref('Org')),
      },
      '/orgs/{orgId}': { parameters: [inPath('orgId')], ...get('getOrg', ref('Org')) },
      '/orgs/{orgId}/teams': {
        parameters: [inPath('orgId')],
        ...get('listTeams', list(ref('Team'))),
        ...post('addTeam', ref('Named'), ref('Team')),
      },
      '/orgs/{orgId}/teams/{teamId}': {
        parameters: [inPath('orgId'), inPath('teamId')],
        ...get('getTeam', ref('Team')),
      },
      '/orgs/{orgId}/teams/{teamId}/members': {
        parameters: [inPath('orgId'), inPath('teamId')],
        ...get('listMembers', object({ members: list(ref('Member')) }, ['members'])),
        ...post('addMember', ref('Member'), ref('Member')),
      },
      '/orgs/{orgId}/teams/{teamId}/members/{memberId}': {
        parameters: [inPath('orgId'), inPath('teamId'), inPath('memberId', whole)],
        ...get('getMember', ref('Member')),
        ...write(
          'patch',
          'changeMember',
          object({ nick: { type: ['string', 'null'] } }),
          ok(ref('Member')),
        ),
        delete: { operationId: 'dropMember', responses: gone },
      },
    },
    {
      Named: object({ name: text }, ['name']),
      Org: object({ id: text, name: text }, ['id', 'name']),
      Team: {
        allOf: [
          ref('Named'),
          object({ id: { type: 'string', readOnly: true }, org_id: text }, ['id']),
        ],
      },
      Human: object(
        {
          kind: { const: 'human' },
          id: { ...whole, readOnly: true },
          nick: { type: ['string', 'null'] },
          password: { type: 'string', writeOnly: true },
        },
        ['kind', 'id', 'password'],
      ),
      Robot: object({ kind: { const: 'robot' }, id: { ...whole, readOnly: true }, serial: text }, [
        'kind',
        'id',
        'serial',
      ]),
      Member: { oneOf: [ref('Human'), ref('Robot')] },
    },
  ),
  bindings: [
    'org: a resource, id id',
    'listOrgs: list org',
    'addOrg: create org',
    'getOrg: read org',
    'team: a resource, id id',
    'listTeams: list team',
    'addTeam: create team',
    'getTeam: read team',
    'member: a resource, id id',
    'listMembers: list member',
    'addMember: create member',
    'getMember: read member',
    'dropMember: delete member',
    'changeMember: update member',
  ],
};

/** Records that there is one of: for a caller, or for each user; one that can be taken away. */
const singles: Unusual = {
  document: document(
    '3.1.0',
    {
      '/me': { ...get('whoAmI', ref('Account')) },
      '/settings': {
        ...get('getSettings', ref('Settings')),
        ...write('put', 'putSettings', ref('Settings'), ok(ref('Settings'))),
      },
      '/users': {
        ...get('listUsers', list(ref('User'))),
        ...post('addUser', object({ name: text }), ref('User')),
      },
      '/users/{id}': { parameters: [inPath('id')], ...get('getUser', ref('User')) },
      '/users/{id}/profile': {
        parameters: [inPath('id')],
        ...get('getProfile', data(ref('Profile'))),
        ...write('patch', 'changeProfile', data(ref('Profile')), ok(data(ref('Profile')))),
      },
      '/users/{id}/avatar': {
        parameters: [inPath('id')],
        ...get('getAvatar', ref('Avatar')),
        ...write('put', 'putAvatar', ref('Avatar'), ok(ref('Avatar'), '201')),
        delete: { operationId: 'dropAvatar', responses: { ...gone, ...missing } },
      },
      '/inventory': get('getInventory', { type: 'object', additionalProperties: whole }),
    },
    {
      Account: object(
        {
          id: text,
          email: { type: 'string', format: 'email' },
          created_at: { type: 'string', format: 'date-time' },
        },
        ['id', 'email', 'created_at'],
      ),
      Settings: object(
        {
          theme: { type: 'string', enum: ['light', 'dark'], default: 'light' },
          mails: { type: 'boolean' },
        },
        ['theme'],
      ),
      User: object({ id: text, name: text }, ['id']),
      Profile: object({ bio: { type: ['string', 'null'] }, links: list(text) }, ['bio']),
      Avatar: object({ url: { type: 'string', format: 'uri' } }, ['url']),
    },
  ),
  bindings: [
    'me: the only one',
    'whoAmI: read me',
    'settings: the only one',
    'getSettings: read settings',
    'putSettings: update settings',
    'user: a resource, id id',
    'listUsers: list user',
    'addUser: create user',
    'getUser: read user',
    'profile: the only one',
    'getProfile: read profile',
    'changeProfile: update profile',
    'avatar: the only one',
    'getAvatar: read avatar',
    'putAvatar: update avatar',
    'dropAvatar: delete avatar',
  ],
  unbound: ['getInventory'],
};

/** Lists that are bare arrays, ordered and cut in several ways. */
const lists: Unusual = {
  document: document(
    '3.0.0',
    {
      '/songs': {
        ...get('listSongs', list(ref('Song')), [
          inQuery('sort'),
          inQuery('limit', whole),
          inQuery('after'),
        ]),
        ...post(
          'addSong',
          object({ title: text, length: whole }, ['title', 'length']),
          ref('Song'),
        ),
      },
      '/songs/{id}': { parameters: [inPath('id')], ...get('getSong', ref('Song')) },
      '/films': {
        ...get(
          'listFilms',
          object(
            {
              count: whole,
              next: { type: 'string', format: 'uri', nullable: true },
              previous: { type: 'string', nullable: true },
              results: list(ref('Film')),
            },
            ['count', 'next', 'previous', 'results'],
          ),
          [
            inQuery('order_by', { type: 'string', enum: ['year', 'title'] }),
            inQuery('order', { type: 'string', enum: ['asc', 'desc'] }),
            inQuery('page', { ...whole, default: 1 }),
            inQuery('page_size', whole),
          ],
        ),
        ...post('addFilm', object({ title: text, year: whole }, ['title', 'year']), ref('Film')),
      },
      '/films/{film}': { parameters: [inPath('film', whole)], ...get('getFilm', ref('Film')) },
    },
    {
      Song: object({ id: text, title: text, length: whole }, ['id', 'title', 'length']),
      Film: object({ id: whole, title: text, year: whole }, ['id', 'title', 'year']),
    },
  ),
  bindings: [
    'song: a resource, id id',
    'listSongs: list song',
    'addSong: create song',
    'getSong: read song',
    'film: a resource, id id',
    'listFilms: list film',
    'addFilm: create film',
    'getFilm: read film',
  ],
};

const plain = { 'text/plain': { schema: { type: 'string', maxLength: 40 } } };

/** Texts that are a field of a record, or a record on their own. */
const texts: Unusual = {
  document: document(
    '3.1.0',
    {
      '/notes': {
        ...get('listNotes', list(ref('Note'))),
        post: {
          operationId: 'addNote',
          requestBody: { required: true, content: plain },
          responses: ok(ref('Note'), '201'),
        },
      },
      '/notes/{id}': { parameters: [inPath('id')], ...get('getNote', ref('Note')) },
      '/notes/{id}/content': {
        parameters: [inPath('id')],
        get: {
          operationId: 'getContent',
          responses: { '200': { description: 'It', content: plain }, ...missing },
        },
        put: {
          operationId: 'putContent',
          requestBody: { required: true, content: plain },
          responses: gone,
        },
      },
      '/version.txt': {
        get: {
          operationId: 'version',
          responses: {
            '200': { description: 'It', content: { 'text/plain': { schema: text, example: '7' } } },
          },
        },
      },
    },
    { Note: object({ id: text, content: text, tag: text }, ['id', 'content']) },
  ),
  bindings: [
    'note: a resource, id id',
    'listNotes: list note',
    'addNote: create note',
    'getNote: read note',
    'getContent: read note',
    'putContent: update note',
  ],
  unbound: ['version'],
};

/** The words of other worlds: links and embedded lists, `$top`, tokens, verbs after a colon. */
const styles: Unusual = {
  document: document(
    '3.1.0',
    {
      '/trees': {
        ...get(
          'listTrees',
          object({ _embedded: object({ trees: list(ref('Tree')) }), total: whole }, ['_embedded']),
        ),
        ...post('plant', object({ kind: text }, ['kind']), ref('Tree')),
      },
      '/trees/{treeId}': { parameters: [inPath('treeId')], ...get('getTree', ref('Tree')) },
      '/Tasks': {
        ...get(
          'listTasks',
          object({ '@odata.count': whole, value: list(ref('Task')) }, ['value']),
          [inQuery('$top', whole), inQuery('$skip', whole)],
        ),
        ...post('addTask', object({ Title: text }), ref('Task')),
      },
      '/Tasks/{TaskId}': { parameters: [inPath('TaskId', whole)], ...get('getTask', ref('Task')) },
      '/v1/jobs': {
        ...get('listJobs', object({ jobs: list(ref('Job')), nextPageToken: text }), [
          inQuery('pageSize', whole),
          inQuery('pageToken'),
        ]),
        ...post('addJob', object({ queue: text }), ref('Job')),
      },
      '/v1/jobs/{job}': { parameters: [inPath('job')], ...get('getJob', ref('Job')) },
      '/v1/jobs/{job}:cancel': {
        parameters: [inPath('job')],
        post: { operationId: 'cancelJob', responses: ok(ref('Job')) },
      },
    },
    {
      Tree: object({ id: text, kind: text, _links: object({ self: object({ href: text }) }) }, [
        'id',
        'kind',
      ]),
      Task: object({ TaskId: whole, Title: text }, ['TaskId']),
      Job: object(
        { name: text, queue: text, state: { type: 'string', enum: ['RUNNING', 'CANCELLED'] } },
        ['name', 'state'],
      ),
    },
  ),
  bindings: [
    'tree: a resource, id id',
    'listTrees: list tree',
    'plant: create tree',
    'getTree: read tree',
    'task: a resource, id TaskId',
    'listTasks: list task',
    'addTask: create task',
    'getTask: read task',
    'job: a resource, id name',
    'listJobs: list job',
    'addJob: create job',
    'getJob: read job',
    'cancelJob: update job',
  ],
};

/** Calls by name: nothing of it can be told, and all of it is said. */
const calls: Unusual = {
  document: document(
    '3.1.0',
    {
      '/pets.list': get('petsList', object({ ok: { type: 'boolean' } })),
      '/pets.create': {
        post: {
          operationId: 'petsCreate',
          requestBody: sent(object({ name: text })),
          responses: ok(object({ ok: { type: 'boolean' } })),
        },
      },
    },
    {},
  ),
  bindings: [],
  unbound: ['petsList', 'petsCreate'],
};

export const unusual: Readonly<Record<string, Unusual>> = {
  ids,
  wrapped,
  answers,
  nested,
  singles,
  lists,
  texts,
  styles,
  calls,
};
