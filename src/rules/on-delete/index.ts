import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const onDelete = defineKind({
  name: 'on-delete',
  summary:
    'What follows when a record is deleted: who still sees it, what it shows, which references are unset.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of, ...rest }) => `${of}: ${JSON.stringify(rest)}`,
});
