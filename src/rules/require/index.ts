import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const require = defineKind({
  name: 'require',
  summary:
    'A condition on one record: what must hold, or which fields it needs, where something else holds.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of, when, that, needs }) =>
    `${of}${when === undefined ? '' : `, when ${when}`}: ${that ?? `needs ${needs?.join(', ')}`}`,
});
