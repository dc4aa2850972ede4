// Thousands of requests, valid and not: the guessed mock and Prism agree on which are which, but for the classes that
// are listed, each with who is right.

import { expect, test } from 'vitest';
import { DISAGREEMENTS } from './disagreements.ts';
import { forge } from './forge.ts';
import { payments } from './payments.ts';
import { petstore } from './petstore.ts';
import { requestsFor, type Sent } from './requests.ts';
import { travel } from './travel.ts';
import { judge, type Verdict } from './verdicts.ts';

/** The pet shop, written so that Prism can read the schema of a pet. */
function typed(): object {
  const copy = structuredClone(petstore);
  Object.assign(copy.components.schemas.Pet.properties.mother, { type: 'object' });
  return copy;
}

type Where = Sent['asked']['where'];
const BODIES: readonly Where[] = ['body', 'whole'];
const isAny = (): boolean => true;

/** What is asked of each document; the fields of a pet only where Prism looks at them, since its failing is slow. */
const DOCUMENTS: readonly (readonly [object, (where: Where) => boolean])[] = [
  [forge, isAny],
  [payments, isAny],
  [petstore, (where) => where !== 'body'],
  [typed(), (where) => BODIES.includes(where)],
  [travel, isAny],
];

/** Prism compiles a hundred schemas; a machine that does other things takes long for that. */
const SLOW = 300_000;

interface Asked {
  readonly sent: Sent;
  readonly ours: Verdict;
  readonly prism: Verdict;
}

async function asked(): Promise<Asked[]> {
  const all: Asked[] = [];
  for (const [document, isAsked] of DOCUMENTS) {
    const { spec, bound, ours, prism } = await judge(document);
    const requests = requestsFor(spec, ({ id }) => bound.has(id));
    for (const sent of requests.filter((one) => isAsked(one.asked.where))) {
      all.push({ sent, ours: await ours(sent), prism: await prism(sent) });
    }
  }
  return all;
}

function classOf({ sent, ours }: Asked): string | undefined {
  return DISAGREEMENTS.find((one) => one.weTake === ours.taken && one.is(sent))?.name;
}

test(
  'the mock and Prism agree, or the disagreement is listed',
  async () => {
    const all = await asked();
    expect(all.length).toBeGreaterThanOrEqual(3_000);
    const agreed = all.filter(({ ours, prism }) => ours.taken === prism.taken);
    expect(agreed.filter(({ ours }) => ours.taken).length).toBeGreaterThanOrEqual(1_000);
    expect(agreed.filter(({ ours }) => !ours.taken).length).toBeGreaterThanOrEqual(1_000);
    const differing = all.filter(({ ours, prism }) => ours.taken !== prism.taken);
    const unlisted = differing.filter((one) => classOf(one) === undefined);
    expect(unlisted.map(told)).toEqual([]);
    const found = new Set(differing.map(classOf));
    expect([...found].sort()).toEqual(DISAGREEMENTS.map(({ name }) => name).sort());
  },
  SLOW,
);

function told({ sent, ours, prism }: Asked): object {
  const { operation, path, query, type, text, asked: what } = sent;
  const line = `${operation.method} ${path}${query === '' ? '' : `?${query}`}`;
  return { line, type, text, where: what.where, field: what.field, ours, prism };
}
