// The rule kinds: the only list of them.

import { atLeast } from './at-least/index.ts';
import { defaultKind } from './default/index.ts';
import { expand } from './expand/index.ts';
import { filled } from './filled/index.ts';
import { ignored } from './ignored/index.ts';
import { input } from './input/index.ts';
import { kept } from './kept/index.ts';
import type { Kind } from './kind.ts';
import { list } from './list/index.ts';
import { onDelete } from './on-delete/index.ts';
import { order } from './order/index.ts';
import { reference } from './reference/index.ts';
import { require } from './require/index.ts';
import { scenario } from './scenario/index.ts';
import { scope } from './scope/index.ts';
import { stamp } from './stamp/index.ts';
import { start } from './start/index.ts';
import { unique } from './unique/index.ts';
import { value } from './value/index.ts';

export const kinds: readonly Kind[] = [
  scope,
  value,
  require,
  unique,
  reference,
  defaultKind,
  input,
  ignored,
  start,
  filled,
  kept,
  stamp,
  onDelete,
  atLeast,
  order,
  expand,
  list,
  scenario,
];
