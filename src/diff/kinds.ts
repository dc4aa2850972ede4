// Every kind of change that a diff tells, with its stable id and what it means for callers. What a request may hold
// may grow, what an answer holds may shrink to less variety: the other way around breaks somebody.

/**
 * `breaking-request`: what was accepted can be refused. `breaking-response`: an answer can be one that its readers do
 * not know. `warning`: it depends on the caller, or can't be decided.
 */
export type Level = 'breaking-request' | 'breaking-response' | 'warning' | 'compatible';
export type ChangeId = string;

export interface ChangeKind {
  readonly id: ChangeId;
  readonly level: Level;
  /** One sentence. */
  readonly says: string;
}

type Row = readonly [id: string, level: Level, says: string];

const REQUEST = 'breaking-request';
const RESPONSE = 'breaking-response';

const OPERATIONS: readonly Row[] = [
  ['operation-added', 'compatible', 'There is a new operation.'],
  ['operation-removed', REQUEST, 'An operation is gone.'],
  ['deprecated-operation-removed', 'warning', 'An operation that was deprecated is gone.'],
  ['operation-moved', REQUEST, 'An operation has another method or path.'],
  ['operation-deprecated', 'compatible', 'An operation is deprecated now.'],
  ['operation-id-changed', 'warning', 'An operation has another id: generated clients name it so.'],
  [
    'path-parameter-renamed',
    'compatible',
    'A part of a path has another name; paths stay as they are.',
  ],
  ['server-added', 'compatible', 'There is another server.'],
  ['server-removed', 'warning', 'A server is no longer listed.'],
  ['security-added', REQUEST, 'An open operation wants a credential.'],
  ['security-removed', 'compatible', 'An operation is open to everyone.'],
  ['security-alternative-added', 'compatible', 'Another credential is taken.'],
  ['security-alternative-removed', REQUEST, 'A credential is no longer taken.'],
  ['security-scope-added', REQUEST, 'A credential needs another scope.'],
  ['security-scope-removed', 'compatible', 'A credential needs a scope less.'],
];

const PARAMETERS: readonly Row[] = [
  ['parameter-added', 'compatible', 'There is a new parameter, and it may be left out.'],
  ['required-parameter-added', REQUEST, 'There is a new parameter that must be sent.'],
  [
    'parameter-removed',
    'warning',
    'A parameter is gone: whether sending it is an error is not said.',
  ],
  ['parameter-became-required', REQUEST, 'A parameter may no longer be left out.'],
  ['parameter-became-optional', 'compatible', 'A parameter may be left out.'],
  [
    'parameter-style-changed',
    REQUEST,
    'Lists or objects in a parameter are written in another way.',
  ],
];

const BODIES: readonly Row[] = [
  ['request-body-added', 'compatible', 'A body may be sent.'],
  ['required-request-body-added', REQUEST, 'A body must be sent.'],
  ['request-body-removed', 'warning', 'No body is read any more.'],
  ['request-body-became-required', REQUEST, 'The body may no longer be left out.'],
  ['request-body-became-optional', 'compatible', 'The body may be left out.'],
  ['request-media-type-added', 'compatible', 'Bodies of another media type are read.'],
  ['request-media-type-removed', REQUEST, 'Bodies of a media type are no longer read.'],
  ['request-property-added', 'compatible', 'A field may be sent that was unknown.'],
  ['request-required-property-added', REQUEST, 'A field must be sent that was unknown.'],
  ['request-property-removed', 'warning', 'A field is gone: what is sent in it has no effect.'],
  ['request-property-refused', REQUEST, 'A field is gone, and unknown fields are refused.'],
  ['request-property-became-required', REQUEST, 'A field may no longer be left out.'],
  ['request-property-became-optional', 'compatible', 'A field may be left out.'],
  ['success-status-added', 'compatible', 'Success can have another status.'],
  ['success-status-removed', RESPONSE, 'A status of success is gone.'],
  ['error-status-added', 'compatible', 'A refusal can have another status.'],
  ['error-status-removed', 'compatible', 'A status of refusals is gone.'],
  ['response-media-type-added', 'compatible', 'Answers can have another media type.'],
  ['response-media-type-removed', RESPONSE, 'Answers no longer have a media type.'],
  ['response-header-added', 'compatible', 'Answers have another header.'],
  ['response-header-removed', 'warning', 'Answers no longer have a header.'],
  ['response-property-added', 'compatible', 'Answers have another field.'],
  ['response-property-removed', 'warning', 'A field that answers could have is gone.'],
  ['response-required-property-removed', RESPONSE, 'A field that every answer had is gone.'],
  ['response-property-became-required', 'compatible', 'A field is in every answer.'],
  ['response-property-became-optional', RESPONSE, 'A field can be missing in answers.'],
];

/** What can become of a value, what it is for requests, and what for answers. */
const VALUES: readonly (readonly [word: string, incoming: Level, outgoing: Level, says: string])[] =
  [
    ['type-changed', REQUEST, RESPONSE, 'It has another type.'],
    ['type-narrowed', REQUEST, 'compatible', 'It has fewer types.'],
    ['type-widened', 'compatible', RESPONSE, 'It has more types.'],
    ['became-nullable', 'compatible', RESPONSE, 'It may be null.'],
    ['became-not-nullable', REQUEST, 'compatible', 'It may not be null.'],
    ['enum-added', REQUEST, 'compatible', 'Only listed values are right.'],
    ['enum-removed', 'compatible', 'warning', 'Its values are no longer listed.'],
    ['enum-value-added', 'compatible', 'warning', 'Its list of values has another one.'],
    ['enum-value-removed', REQUEST, 'compatible', 'Its list of values has one less.'],
    ['limit-tightened', REQUEST, 'compatible', 'It has a tighter limit, or a new one.'],
    ['limit-loosened', 'compatible', RESPONSE, 'It has a looser limit, or one less.'],
    ['pattern-added', REQUEST, 'compatible', 'It must match a pattern.'],
    ['pattern-removed', 'compatible', 'warning', 'It need not match a pattern.'],
    ['pattern-changed', 'warning', 'warning', 'It must match another pattern.'],
    ['format-added', REQUEST, 'compatible', 'It has a format.'],
    ['format-removed', 'compatible', 'warning', 'It has no format any more.'],
    ['format-changed', REQUEST, RESPONSE, 'It has another format.'],
    [
      'additional-properties-refused',
      REQUEST,
      'compatible',
      'It has no fields but the listed ones.',
    ],
    [
      'additional-properties-allowed',
      'compatible',
      'compatible',
      'It can have fields that are not listed.',
    ],
    ['union-member-added', 'compatible', RESPONSE, 'It has another shape to choose from.'],
    ['union-member-removed', REQUEST, 'compatible', 'It has a shape less to choose from.'],
    [
      'schema-changed',
      'warning',
      'warning',
      'A condition on it changed that is not compared further.',
    ],
  ];

const DEFAULTS: readonly Row[] = [
  ['parameter-default-changed', REQUEST, 'Leaving the parameter out means something else.'],
  ['request-default-changed', 'warning', 'Leaving the field out means something else.'],
];

const CONTRACTS: readonly Row[] = [
  ['refusing-rule-added', REQUEST, 'A rule of the contract refuses what was accepted.'],
  ['refusing-rule-removed', 'compatible', 'A rule of the contract no longer refuses anything.'],
  ['rule-added', 'warning', 'A rule of the contract says what happens, and refuses nothing.'],
  ['rule-removed', 'warning', 'A rule of the contract that refuses nothing is gone.'],
  ['rule-changed', 'warning', 'A rule of the contract has another kind or other options.'],
  ['refusal-changed', RESPONSE, 'A rule of the contract refuses with another status or code.'],
  ['rule-renamed', 'compatible', 'A rule of the contract has another id.'],
  ['rule-basis-changed', 'compatible', 'A rule of the contract is known by another source.'],
  ['resource-added', 'compatible', 'The contract keeps another kind of record.'],
  ['resource-removed', 'warning', 'The contract no longer keeps a kind of record.'],
  ['binding-added', 'compatible', 'The contract plays another operation.'],
  ['binding-removed', 'warning', 'The contract no longer plays an operation.'],
  ['binding-changed', 'warning', 'An operation does something else to the records.'],
];

function valueRows(prefix: string, isAnswer: boolean, subject: string): Row[] {
  return VALUES.map(([word, incoming, outgoing, says]) => [
    `${prefix}-${word}`,
    isAnswer ? outgoing : incoming,
    `${subject}: ${says.charAt(0).toLowerCase()}${says.slice(1)}`,
  ]);
}

/** Every kind there is, in the order of the docs. */
export const changeKinds: readonly ChangeKind[] = [
  ...OPERATIONS,
  ...PARAMETERS,
  ...valueRows('parameter', false, 'A parameter'),
  ...BODIES,
  ...DEFAULTS,
  ...valueRows('request', false, 'A body that is sent, or a field of it'),
  ...valueRows('response', true, 'A body that is answered, or a field of it'),
  ...CONTRACTS,
].map(([id, level, says]) => ({ id, level, says }));

const levels = new Map(changeKinds.map(({ id, level }) => [id, level]));

/** The level of the kind; throws for an id that the list lacks (our bug). */
export function levelOf(id: ChangeId): Level {
  const level = levels.get(id);
  if (level === undefined) throw new Error(`no kind of change is called ${id}`);
  return level;
}
