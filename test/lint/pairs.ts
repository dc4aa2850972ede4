// For each lint rule the nearest thing that it lets pass, and one that it does not. Tests run all of them.

import type { Json } from '../../src/model/json.ts';
import type { Change } from './library.ts';

interface Pair {
  readonly passes: Change;
  readonly fails: Change;
}

/** A rule of the contract beside those of the library. */
function rule(id: string, kind: Record<string, Json>, more: Record<string, Json> = {}): Change {
  return {
    contract: { rules: { [id]: { says: 'So it is.', documented: 'here', ...kind, ...more } } },
  };
}

const resource = (more: Record<string, Json>): Change => ({
  contract: { resources: { book: more } },
});
const operation = (id: string, does: Json): Change => ({
  contract: { operations: { [id]: does } },
});
const ignoring = (entry: Record<string, Json>): Json => ({ lint: { ignore: [entry] } });
const unusedError = { errors: { old: { status: 400, basis: 'documented' } } };
const header = { environment: { header: 'X-Branch', else: 'main' } };

const noteDefault: Json = { at: 'book.note', to: 'none', for: ['absent'] };

export const pairs: Readonly<Record<string, Pair>> = {
  'contract/syntax': {
    passes: { text: (text) => `# a comment\n${text}` },
    fails: { text: (text) => `${text}api: again\n` },
  },
  'contract/shape': {
    passes: { contract: { errors: { type: 'application/json' } } },
    fails: { contract: { callers: { tenant: 'cookie' } } },
  },
  'contract/spec': {
    passes: { spec: { components: { schemas: { More: { $ref: '#/components/schemas/Book' } } } } },
    fails: { spec: { paths: { '/more': { get: { $ref: '#/nowhere' } } } } },
  },
  'contract/names': {
    passes: rule('book.note-kept', { input: { at: 'updateBook.note', absent: 'keep' } }),
    fails: rule('book.note-kept', { input: { at: 'updateBook.noet', absent: 'keep' } }),
  },
  'contract/one-verb': {
    passes: operation('deleteBook', { update: null, delete: 'book' }),
    fails: operation('deleteBook', { update: 'book', delete: 'book' }),
  },
  'contract/action-known': {
    passes: operation('updateBook', { action: null }),
    fails: operation('updateBook', { action: 'burn' }),
  },
  'contract/no-cycle': {
    passes: resource({ sample: { author_id: '=author.id' } }),
    fails: {
      contract: {
        resources: {
          author: { sample: { name: '=book.id' } },
          book: { sample: { author_id: '=author.id' } },
        },
      },
    },
  },
  'contract/parts-agree': {
    passes: {
      contract: {
        resources: { author: { parts: { books: 'leaf' } }, leaf: leaf({ in: 'author' }) },
      },
      spec: { components: { schemas: { Author: { properties: { books: { type: 'array' } } } } } },
    },
    fails: {
      contract: { resources: { author: { parts: { books: 'leaf' } }, leaf: leaf({}) } },
      spec: { components: { schemas: { Author: { properties: { books: { type: 'array' } } } } } },
    },
  },
  'contract/expansion-refers': {
    passes: rule('book.expands', { expand: expansion({ at: 'book.author_id' }) }),
    fails: rule('book.expands', { expand: expansion({ at: 'book.note' }) }),
  },
  'contract/fields-exist': {
    passes: rule('book.found', { list: { at: 'listBooks', filter: { isbn: { equals: 'isbn' } } } }),
    fails: rule('book.found', { list: { at: 'listBooks', filter: { isbn: { equals: 'ispn' } } } }),
  },
  'contract/body-fields-exist': {
    passes: rule('book.kept', { input: { at: 'updateBook', fields: ['note'], absent: 'keep' } }),
    fails: rule('book.kept', { input: { at: 'updateBook', fields: ['isbn'], absent: 'keep' } }),
  },
  'contract/parameters-exist': {
    passes: rule('book.found', { list: { at: 'listBooks', filter: { isbn: { equals: 'isbn' } } } }),
    fails: rule('book.found', { list: { at: 'listBooks', filter: { ispn: { equals: 'isbn' } } } }),
  },
  'contract/required-exists': {
    passes: rule('book.named', { value: { at: 'createBook.title', is: { minLength: 1 } } }),
    fails: rule('book.named', { value: { at: 'createBook', is: { required: ['titel'] } } }),
  },
  'contract/expression-names': {
    passes: condition("input.title != '' && self.title != ''"),
    fails: condition("inputs.title != '' && self.title != ''"),
  },
  'contract/expression-fields': {
    passes: condition("self.title != ''"),
    fails: condition("self.titel != ''"),
  },
  'contract/state-exists': {
    passes: condition("self.genre == 'novel' || self.title != ''"),
    fails: condition("self.genre == 'poem' || self.title != ''"),
  },
  'contract/constants-fit': {
    passes: rule('book.begins', { start: { of: 'book', shows: { status: 'there' } } }),
    fails: rule('book.begins', { start: { of: 'book', shows: { status: 'here' } } }),
  },
  'contract/default-possible': {
    passes: rule('book.note-default', { default: noteDefault }),
    fails: {
      ...rule('book.note-default', { default: noteDefault }),
      spec: { components: { schemas: { NewBook: { required: ['note'] } } } },
    },
  },
  'contract/unique-plain': {
    passes: rule('book.note-unique', { unique: { of: 'book', by: 'note' } }),
    fails: rule('book.tags-unique', { unique: { of: 'book', by: 'tags' } }),
  },
  'contract/reference-fits': {
    passes: rule('book.note-refers', { reference: { from: 'book.note', to: 'author' } }),
    fails: rule('book.pages-refer', { reference: { from: 'book.pages', to: 'author' } }),
  },
  'contract/contradicts-schema': {
    passes: rule('book.long', { value: { at: 'createBook.pages', is: { minimum: 1 } } }),
    fails: rule('book.long', { value: { at: 'createBook.pages', is: { minimum: 5001 } } }),
  },
  'contract/repeats-schema': {
    passes: assumed({ maximum: 4000 }),
    fails: assumed({ maximum: 5000 }),
  },
  'contract/repeats-rule': {
    passes: rule('book.title-unique', { unique: { of: 'book', by: 'title' } }),
    fails: rule('book.titled', { value: { is: { required: ['title'] }, at: 'createBook' } }),
  },
  'contract/method-fits': {
    passes: operation('getAuthor', { read: 'author' }),
    fails: operation('getAuthor', { read: null, update: 'author' }),
  },
  'contract/path-names-record': {
    passes: operation('listBooks', { list: 'book' }),
    fails: operation('listBooks', { list: null, read: 'book' }),
  },
  'contract/callers-apart': {
    passes: {
      contract: { callers: header },
      spec: {
        paths: {
          '/books': {
            get: { parameters: [{ name: 'x-branch', in: 'header', schema: { type: 'string' } }] },
          },
        },
      },
    },
    fails: { contract: { callers: header } },
  },
  'contract/delete-ends-life': {
    passes: operation('deleteBook', { set: { status: 'gone' } }),
    fails: operation('deleteBook', { set: { status: null, note: 'burnt' } }),
  },
  'contract/status-documented': {
    passes: refusing({ status: 409, basis: 'assumed' }),
    fails: refusing({ status: 409, basis: 'documented' }),
  },
  'contract/error-fits': {
    passes: { contract: { errors: { body: { message: '=says' } } } },
    fails: { contract: { errors: { 'not-found': { body: { error: '=says' } } } } },
  },
  'contract/error-used': {
    passes: refusing({ status: 400, basis: 'documented' }),
    fails: { contract: unusedError },
  },
  'contract/refuse-has-effect': {
    passes: rule(
      'book.note-unique',
      { unique: { of: 'book', by: 'note' } },
      { refuse: 'not-found' },
    ),
    fails: rule('book.kept', { kept: { of: ['book'] } }, { refuse: 'not-found' }),
  },
  'contract/resource-used': {
    passes: {
      contract: {
        resources: { author: { parts: { books: 'leaf' } }, leaf: leaf({ in: 'author' }) },
      },
      spec: { components: { schemas: { Author: { properties: { books: { type: 'array' } } } } } },
    },
    fails: { contract: { resources: { leaf: leaf({}) } } },
  },
  'contract/operation-has-rules': {
    passes: { contract: { rules: { 'author.name-needed': { documented: 'there' } } } },
    fails: {
      contract: { rules: { 'author.name-needed': null, 'book.author-exists': null } },
    },
  },
  'contract/has-check': {
    passes: rule(
      'book.title-wordy',
      { value: { at: 'createBook.title', is: { pattern: '\\S' } } },
      { examples: { refuse: [' '] } },
    ),
    fails: rule('book.title-wordy', { value: { at: 'createBook.title', is: { pattern: '\\S' } } }),
  },
  'contract/has-refused-example': {
    passes: { contract: { rules: { 'book.essay-short': { examples: { accept: null } } } } },
    fails: { contract: { rules: { 'book.essay-short': { examples: { refuse: null } } } } },
  },
  'contract/examples-have-effect': {
    passes: {
      contract: { rules: { 'book.essay-short': { examples: { beside: { note: 'x' } } } } },
    },
    fails: {
      contract: { rules: { 'book.isbn-unique': { examples: { refuse: [{ isbn: 'x' }] } } } },
    },
  },
  'contract/sample-accepted': {
    passes: resource({ sample: { pages: 5000 } }),
    fails: resource({ sample: { pages: 5001 } }),
  },
  'contract/example-accepted': {
    passes: {
      contract: {
        rules: { 'book.essay-short': { examples: { accept: [{ genre: 'novel', pages: 101 }] } } },
      },
    },
    fails: {
      contract: {
        rules: { 'book.essay-short': { examples: { accept: [{ genre: 'essay', pages: 101 }] } } },
      },
    },
  },
  'contract/example-refused': {
    passes: {
      contract: {
        rules: { 'book.essay-short': { examples: { refuse: [{ genre: 'essay', pages: 200 }] } } },
      },
    },
    fails: {
      contract: {
        rules: {
          'book.essay-short': {
            examples: {
              refuse: [
                { genre: 'essay', pages: 101 },
                { genre: 'essay', pages: 100 },
              ],
            },
          },
        },
      },
    },
  },
  'contract/keeps-itself': {
    passes: story("answer.status == 'there'"),
    fails: story("answer.status == 'gone'"),
  },
  'contract/born-live': {
    passes: { contract: { resources: { author: { live: "self.name != ''" } } } },
    fails: { contract: { resources: { author: { live: "self.name == ''" } } } },
  },
  'contract/example-shows-rule': {
    passes: {
      contract: {
        rules: { 'book.essay-short': { examples: { refuse: [{ genre: 'essay', pages: 5000 }] } } },
      },
    },
    fails: {
      contract: {
        rules: {
          'book.essay-short': {
            examples: {
              refuse: [
                { genre: 'essay', pages: 101 },
                { genre: 'essay', pages: 5001 },
              ],
            },
          },
        },
      },
    },
  },
  'lint/suppression': {
    passes: {
      contract: {
        ...unusedError,
        lint: {
          ignore: [{ rule: 'contract/error-used', at: 'old', reason: 'soon', until: '2026-06-15' }],
        },
      },
    },
    fails: {
      contract: ignoring({ rule: 'contract/error-used', reason: 'soon', until: '2026-06-14' }),
    },
  },
};

function leaf(more: Record<string, Json>): Json {
  return { schema: 'Author', id: '=uuid()', ...more };
}

function expansion(more: Record<string, Json>): Json {
  return { name: 'author', into: 'author', param: 'expand', by: ['getBook'], ...more };
}

function condition(that: string): Change {
  const examples = { refuse: [{ title: '' }] };
  return rule('book.titled', { require: { of: 'book', that, field: 'title' } }, { examples });
}

function assumed(is: Record<string, Json>): Change {
  return rule(
    'book.pages-limit',
    { value: { at: 'createBook.pages', is } },
    { documented: null, assumed: 'so' },
  );
}

function refusing(error: Record<string, Json>): Change {
  const changed = rule(
    'book.note-unique',
    { unique: { of: 'book', by: 'note' } },
    { refuse: 'taken' },
  );
  return { contract: { ...(changed.contract as object), errors: { taken: error } } };
}

function story(that: string): Change {
  return rule('book.story', {
    scenario: [
      { make: 'book', as: 'made' },
      { call: 'getBook', path: { id: '=made.id' }, expect: 'ok', that },
    ],
  });
}
