import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const unique = defineKind({
  name: 'unique',
  summary: 'No two records have the same value; null never collides.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of, by, among = 'live' }) => `${of}.${by}, among ${among} ones of the caller`,
});
