// Before and after a load: is the server doing what it is measured for?

import { CONNECTIONS } from './load.mjs';
import { bodyOf, HEADERS, nextKey } from './requests.mjs';

/** Throws unless a create is answered in full and, where keys are unique, a second one refused. */
export async function checkAnswers(server, { url }) {
  const key = nextKey();
  const send = () => fetch(url, { method: 'POST', headers: HEADERS, body: bodyOf(key) });
  const first = await send();
  const record = await first.json();
  if (first.status !== 201) throw new Error(`${server.name} answers ${first.status}`);
  if (server.echoes && record.lookup_key !== key) throw new Error(`${server.name} lost the key`);
  const again = await send();
  await again.arrayBuffer();
  if (server.unique && again.status < 400) throw new Error(`${server.name} took a key twice`);
}

/**
 * Throws unless each create became a record of its own. Some more may be there: what was made before,
 * and what was under way when the load ended.
 */
export async function checkCount(server, { url }, sent) {
  if (server.count === undefined) return;
  const stored = await server.count(url, HEADERS);
  const spare = CONNECTIONS + 10;
  if (!(stored >= sent && stored <= sent + spare)) {
    throw new Error(`${server.name} keeps ${stored} records after ${sent} creates`);
  }
}
