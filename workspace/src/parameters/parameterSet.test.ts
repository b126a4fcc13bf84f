import type { JsonObject, JsonValue } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import {
  beginning,
  definitionProperty,
  fitted,
  isBeginning,
  keeping,
  parameterName,
  parametersElement,
  parametersOf,
  stepOf,
  type NumberParameter,
  type Parameter,
} from './parameterSet';

function parameters(props: JsonObject): readonly Parameter[] {
  const element = parametersElement(testDocument({ id: 'box' }, { id: 'any', elementType: 'parameters', props }));
  if (!element) throw new Error('no parameters');
  return parametersOf(element);
}

function numbers(props: JsonObject): readonly NumberParameter[] {
  return parameters(props).filter((each) => each.kind === 'number');
}

const mu = (definition: JsonValue, value: JsonValue = 1) => parameters({ mu: value, [definitionProperty('mu')]: definition })[0];

describe('parameters', () => {
  it('given a new session then mu, omega and kappa stand in this order, with their ranges', () => {
    const operation = beginning();
    expect(isBeginning([operation])).toBe(true);
    const shown = numbers(operation.op === 'create' ? (operation.props ?? {}) : {});
    expect(shown.map(({ symbol, value, min, max, step }) => [symbol, value, min, max, step])).toEqual([
      ['μ', 1, 0, 5, 0.01],
      ['ω', 2, 0, 10, 0.01],
      ['κ', 0.5, 0, 2, 0.01],
    ]);
  });

  it('given others’ parameters then they follow by name, and what is neither number nor toggle is left out', () => {
    const shown = parameters({ zeta: 3, alpha: -40, kappa: 1, pump: true, note: 'x', list: [1], ranges: { zeta: [2, 4] } });
    expect(shown.map((each) => [each.name, each.kind === 'number' ? [each.min, each.max] : each.value])).toEqual([
      ['kappa', [0, 2]],
      ['alpha', [-100, 100]],
      ['pump', true],
      ['zeta', [2, 4]],
    ]);
  });

  it('given numbered names then they stand in the order of their numbers', () => {
    expect(parameters({ 'Valve 12': 1, 'Valve 2': 1, 'Valve 1': true }).map(({ name }) => name)).toEqual(['Valve 1', 'Valve 2', 'Valve 12']);
  });

  it('given ranges as they were stored in earlier versions then they count where a parameter has no definition', () => {
    const props = { mu: 1, omega: 1, ranges: { mu: [1, 2], omega: [3, 4] }, [definitionProperty('omega')]: { min: 0, max: 8 } };
    expect(numbers(props)).toMatchObject([
      { name: 'mu', min: 1, max: 2 },
      { name: 'omega', min: 0, max: 8 },
    ]);
  });

  it('given a definition then it tells symbol, unit, range and step', () => {
    const [flow] = parameters({ Flow: 3, [definitionProperty('Flow')]: { symbol: 'q', unit: 'l/s', min: -5, max: 5, step: 0.25 } });
    expect(flow).toEqual({ kind: 'number', name: 'Flow', symbol: 'q', unit: 'l/s', value: 3, min: -5, max: 5, step: 0.25 });
  });

  it.each([[[4, 2]], [['0', '5']], [[0]], ['wide'], [null], [[-1e300, 1e300]], [[0, 1e-9]]])('given %j as a range then the usual one is shown', (range) => {
    expect(numbers({ mu: 1, ranges: { mu: range as never } })).toMatchObject([{ min: 0, max: 5 }]);
  });

  it.each<[JsonValue]>([
    ['a text'],
    [null],
    [[1, 2]],
    [{ min: 5, max: 0, step: -1 }],
    [{ min: 'a', max: {}, step: [], symbol: 7, unit: { a: 1 } }],
    [{ min: -1e300, max: 1e300, step: 1e-300 }],
    [{ step: 100 }],
  ])('given %j as a definition then the parameter is usable all the same', (definition) => {
    expect(mu(definition)).toEqual({ kind: 'number', name: 'mu', symbol: 'μ', unit: '', value: 1, min: 0, max: 5, step: 0.01 });
  });

  it('given long texts in a definition then they are cut', () => {
    const shown = mu({ symbol: 's'.repeat(5000), unit: 'u'.repeat(5000) });
    expect([shown?.symbol.length, shown?.unit.length]).toEqual([8, 16]);
  });

  it.each([1.7e308, -1.7e308, 5e-324, 0])('given %d without a range then the slider has finite ends and steps', (value) => {
    const [found] = numbers({ x: value });
    expect([found?.min, found?.max, found?.step].every((each) => Number.isFinite(each))).toBe(true);
    expect(found?.step).toBeGreaterThan(0);
  });

  it('given names that objects have by themselves then they are names as any other', () => {
    expect(parameters({ toString: 2, valueOf: true }).map(({ name, symbol }) => [name, symbol])).toEqual([
      ['toString', 'toString'],
      ['valueOf', 'valueOf'],
    ]);
    expect(parameterName('toString')).toBe('toString');
  });

  it('given numbers where definitions belong then they are no parameters', () => {
    expect(parameters({ [definitionProperty('x')]: 5, ranges: 3 })).toEqual([]);
  });

  it('given a definition’s property then its name says whose it is', () => {
    expect(parameterName(definitionProperty('Flow'))).toContain('Flow');
    expect(parameterName(definitionProperty('Flow'))).not.toContain(definitionProperty(''));
  });

  it('given the same parameters again then it is the same list, and given one other value the others are the same', () => {
    const before = parameters({ a: 1, b: 2 });
    expect(keeping(before, parameters({ a: 1, b: 2 }))).toBe(before);
    const after = keeping(before, parameters({ a: 1, b: 3 }));
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toMatchObject({ name: 'b', value: 3 });
    expect(keeping(before, parameters({ a: 1 }))).toEqual([before[0]]);
  });

  it('given a value then it fits the range and its steps', () => {
    const range = { min: 0, max: 5, step: 0.01 };
    expect([7, -1, 0.1 + 0.2, 3.14159, -0].map((value) => fitted(value, range))).toEqual([5, 0, 0.3, 3.14, 0]);
    expect(Object.is(fitted(-0, range), 0)).toBe(true);
    expect(fitted(1234.6, { min: 0, max: 5000, step: stepOf(5000) })).toBe(1235);
    expect(fitted(0.255, { min: 0, max: 1, step: 0.25 })).toBe(0.26);
  });
});
