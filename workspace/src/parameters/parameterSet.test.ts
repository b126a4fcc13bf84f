import type { JsonObject } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { beginning, fitted, isBeginning, parametersElement, parametersOf, stepOf } from './parameterSet';

function parameters(props: JsonObject) {
  const element = parametersElement(testDocument({ id: 'box' }, { id: 'any', elementType: 'parameters', props }));
  if (!element) throw new Error('no parameters');
  return parametersOf(element);
}

describe('parameters', () => {
  it('given a new session then mu, omega and kappa stand in this order, with their ranges', () => {
    const operation = beginning();
    expect(isBeginning([operation])).toBe(true);
    const shown = parameters(operation.op === 'create' ? (operation.props ?? {}) : {});
    expect(shown.map(({ symbol, value, min, max, step }) => [symbol, value, min, max, step])).toEqual([
      ['μ', 1, 0, 5, 0.01],
      ['ω', 2, 0, 10, 0.01],
      ['κ', 0.5, 0, 2, 0.01],
    ]);
  });

  it('given others’ parameters then they follow by name, and what is no number is left out', () => {
    const shown = parameters({ zeta: 3, alpha: -40, kappa: 1, note: 'x', ranges: { zeta: [2, 4] } });
    expect(shown.map(({ name, min, max }) => [name, min, max])).toEqual([
      ['kappa', 0, 2],
      ['alpha', -100, 100],
      ['zeta', 2, 4],
    ]);
  });

  it.each([[[4, 2]], [['0', '5']], [[0]], ['wide'], [null]])('given %j as a range then the usual one is shown', (range) => {
    expect(parameters({ mu: 1, ranges: { mu: range as never } })).toMatchObject([{ min: 0, max: 5 }]);
  });

  it('given a value then it fits the range and its steps', () => {
    const range = { min: 0, max: 5, step: 0.01 };
    expect([7, -1, 0.1 + 0.2, 3.14159, -0].map((value) => fitted(value, range))).toEqual([5, 0, 0.3, 3.14, 0]);
    expect(Object.is(fitted(-0, range), 0)).toBe(true);
    expect(fitted(1234.6, { min: 0, max: 5000, step: stepOf(5000) })).toBe(1235);
  });
});
