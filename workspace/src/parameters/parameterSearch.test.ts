import { describe, expect, it } from 'vitest';
import { found } from './parameterSearch';
import type { Parameter } from './parameterSet';

const named = (name: string, symbol = name, unit = ''): Parameter => ({ kind: 'toggle', name, symbol, unit, value: true });
const ALL = [named('Dämpfung', 'κ', '1/s'), named('Flow rate', 'q', 'l/s'), named('Pump')];

describe('searching parameters', () => {
  it.each([
    ['', ['Dämpfung', 'Flow rate', 'Pump']],
    ['  ', ['Dämpfung', 'Flow rate', 'Pump']],
    ['dampf', ['Dämpfung']],
    ['κ', ['Dämpfung']],
    ['RATE flow', ['Flow rate']],
    ['/s', ['Dämpfung', 'Flow rate']],
    ['(', []],
  ])('given %j then %j are found', (typed, names) => {
    expect(found(ALL, typed).map(({ name }) => name)).toEqual(names);
  });
});
