// How many answers to GET fit the schema that the document states for them, after one record was made in each
// collection.

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { HEADERS } from './requests.mjs';

/** `{ asked, fits, others }`; others are lines that say what is wrong with an answer. */
export async function fitting(base, document) {
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  const others = [];
  let asked = 0;
  for (const [path, item] of gets(document)) {
    asked += 1;
    const wrong = await fault(base, path, schemaOf(item), ajv, document);
    if (wrong !== undefined) others.push(`GET ${path}: ${wrong}`);
  }
  return { asked, fits: asked - others.length, others };
}

const gets = ({ paths }) => Object.entries(paths).filter(([, item]) => item.get !== undefined);

const schemaOf = ({ get }) => get.responses['200'].content['application/json'].schema;

async function fault(base, path, schema, ajv, document) {
  const target = await reached(base, path, document);
  const response = await fetch(base + target, { headers: HEADERS });
  const text = await response.text();
  if (response.status !== 200) return `${response.status} ${text.slice(0, 100)}`;
  const validate = ajv.compile(elsewhere(schema));
  if (validate(JSON.parse(text))) return undefined;
  return ajv.errorsText(validate.errors).slice(0, 120);
}

/** The path with the id of a record that was made for it, one entry below it made too. */
async function reached(base, path, document) {
  const [, collection, , below] = path.split('/');
  if (!path.includes('{')) {
    await made(`${base}/${collection}`, { name: 'first' });
    return path;
  }
  const { id } = await made(`${base}/${collection}`, { name: 'second' });
  const target = path.replace(/\{[^}]+\}/, encodeURIComponent(id));
  if (below !== undefined && document.paths[path].post !== undefined) {
    await made(base + target, { text: 'hi' });
  }
  return target;
}

async function made(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`POST ${url} answers ${response.status}`);
  return response.json();
}

/** References lead into the whole document. */
function elsewhere(value) {
  if (Array.isArray(value)) return value.map(elsewhere);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === '$ref' ? `document${child}` : elsewhere(child),
    ]),
  );
}
