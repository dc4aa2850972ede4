import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const list = defineKind({
  name: 'list',
  summary: 'What a list holds, in which order, and how it is cut into pages.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ at, filter, sort, page }) =>
    `${[at].flat().join(', ')}: ${[
      ...Object.keys(filter ?? {}),
      ...(sort?.else ?? []),
      ...(page === undefined ? [] : ['pages']),
    ].join(', ')}`,
});
