import { expect, test } from 'vitest';
import { compileExpression } from '../../src/contract/expression.ts';
import { compileTemplate } from '../../src/contract/template.ts';

const value = (text: string, scope = {}) => compileExpression(text).value(scope);

test.each([
  ['self.a + 1', { self: { a: 1.5 } }, 2.5],
  ['1 + self.a', { self: { a: 1.5 } }, 2.5],
  ['self.a * 2', { self: { a: 3 } }, 6],
  ['size(self.list)', { self: { list: [1, 2] } }, 2],
  ["{'a': 1}", {}, { a: 1 }],
  ['[1, 2].map(x, x + 1)', {}, [2, 3]],
])('%s is plain JSON', (text, scope, expected) => {
  expect(value(text, scope)).toEqual(expected);
});

test.each([
  [null, '', true],
  [null, null, true],
  ['', 'x', false],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [[1, 2], [2, 1], false],
])('same(%j, %j) is %s', (a, b, expected) => {
  expect(value('same(a, b)', { a, b })).toBe(expected);
});

test.each([
  ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00'],
  ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.500000000Z'],
])('%s and %s are one instant', (a, b) => {
  expect(value('instant(a) == instant(b)', { a, b })).toBe(true);
});

test.each([
  [10, '10'],
  [0.1, '0.1'],
  [1e-7, '0.0000001'],
  [1.5e-8, '0.000000015'],
  [1e21, '1000000000000000000000'],
  [-2.5e-7, '-0.00000025'],
  [1.25e22, '12500000000000000000000'],
  ['49.90', '49.90'],
])('decimal(%j) is %s', (number, text) => {
  expect(value('decimal(n)', { n: number })).toBe(text);
});

test('a condition that does not fit what it is given does not hold', () => {
  expect(compileExpression('double(self.amount) >= 0.0').holds({ self: { amount: 'ten' } })).toBe(
    false,
  );
});

test.each(['self.a ===', 'self.a.matches("(a+)+$")', 'nope(1)', 'true ? 1 : "a"'])(
  '%s is refused when the contract is read',
  (text) => {
    expect(() => compileExpression(text)).toThrow();
  },
);

test('a function that leaves the record can only be used where there is one', () => {
  expect(() => value("ulid('x_')")).toThrow("ulid() can't be used here");
});

test('a template keeps what is constant and fills what begins with =', () => {
  const template = compileTemplate({
    id: "=ulid('p_')",
    at: '=now',
    list: [1, '=self.x'],
    plain: 'a=b',
  });
  const filled = template({ now: 'noon', self: { x: true } }, { ulid: (prefix) => `${prefix}1` });
  expect(filled).toEqual({ id: 'p_1', at: 'noon', list: [1, true], plain: 'a=b' });
});
