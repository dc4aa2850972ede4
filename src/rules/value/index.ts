import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const value = defineKind({
  name: 'value',
  summary: 'What a body, or a field of one, may be, as JSON Schema beyond what the spec says.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ at, is }) => `${[at].flat().join(', ')}: ${JSON.stringify(is)}`,
});
