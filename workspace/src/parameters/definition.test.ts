import type { JsonObject } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { adding, definitionText, draftOf, errorsIn, NEW_DRAFT, redefining, removing, type Draft } from './definition';
import { definitionProperty, parametersElement, parametersOf } from './parameterSet';

const FLOW: Draft = { ...NEW_DRAFT, name: ' Flow ', symbol: 'q', unit: 'l/s', min: '-5', max: '5', step: '0,25', value: '1,5' };
const DEFINITION = { symbol: 'q', unit: 'l/s', min: -5, max: 5, step: 0.25 };

function elementOf(props: JsonObject) {
  const element = parametersElement(testDocument({ id: 'p', elementType: 'parameters', props }));
  if (!element) throw new Error('no parameters');
  return element;
}

function redefine(props: JsonObject, part: Partial<Draft>) {
  const element = elementOf(props);
  const [parameter] = parametersOf(element);
  if (!parameter) throw new Error('no parameter');
  return redefining(element, parameter, { ...draftOf(parameter, String), ...part });
}

describe('a parameter’s definition', () => {
  it('given a draft then its value and its definition are two properties of its own', () => {
    expect(adding('p', FLOW)).toEqual([
      { op: 'set', id: 'p', path: [definitionProperty('Flow')], value: DEFINITION },
      { op: 'set', id: 'p', path: ['Flow'], value: 1.5 },
    ]);
  });

  it('given a toggle then it has neither range nor step', () => {
    expect(adding('p', { ...FLOW, kind: 'toggle', on: true }).map((each) => each.op === 'set' && each.value)).toEqual([{ symbol: 'q', unit: 'l/s' }, true]);
  });

  it('given what was added then it reads as it was written', () => {
    const props = Object.fromEntries(adding('p', FLOW).flatMap((each) => (each.op === 'set' ? [[each.path[0], each.value]] : [])));
    const [shown] = parametersOf(elementOf(props));
    expect(shown).toEqual({ kind: 'number', name: 'Flow', value: 1.5, ...DEFINITION });
  });

  it('given one changed part then only that is written, so that others may change the rest meanwhile', () => {
    const props = { Flow: 1, [definitionProperty('Flow')]: DEFINITION };
    expect(redefine(props, { max: '8' })).toEqual([{ op: 'set', id: 'p', path: [definitionProperty('Flow'), 'max'], value: 8 }]);
    expect(redefine(props, {})).toEqual([]);
  });

  it('given no definition yet, or a broken one, then all of it is written', () => {
    const whole = { symbol: 'μ', unit: '', min: 0, max: 9, step: 0.01 };
    const write = [{ op: 'set', id: 'p', path: [definitionProperty('mu')], value: whole }];
    expect(redefine({ mu: 1, ranges: { mu: [0, 5] } }, { max: '9' })).toEqual(write);
    expect(redefine({ mu: 1, [definitionProperty('mu')]: [1] }, { max: '9' })).toEqual(write);
  });

  it('given a stored definition then it reads in words, and what is none does not', () => {
    expect(definitionText(DEFINITION)).toBe('q · -5 to 5 in steps of 0.25 · l/s');
    expect([{ unit: 'l/s' }, [0, 5], null, { min: '0', max: 1, step: 1 }].map((each) => definitionText(each))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('given a removed parameter then its definition stays for its return', () => {
    expect(removing('p', 'Flow')).toEqual([{ op: 'unset', id: 'p', path: ['Flow'] }]);
  });
});

describe('a draft', () => {
  const wrong = (part: Partial<Draft>, taken: readonly string[] = []) => Object.keys(errorsIn({ ...FLOW, ...part }, new Set(taken)));

  it.each<[string, Partial<Draft>, readonly string[]]>([
    ['nothing wrong', {}, []],
    ['no name', { name: '  ' }, ['name']],
    ['a name that another has', { name: 'mu' }, ['name']],
    ['a name of the element’s own', { name: 'ranges' }, ['name']],
    ['a name as definitions have', { name: definitionProperty('x') }, ['name']],
    ['a name that no property can have', { name: '__proto__' }, ['name']],
    ['a range the wrong way round', { min: '5', max: '5' }, ['max']],
    ['bounds that are no numbers', { min: 'a', max: '' }, ['min', 'max']],
    ['bounds beyond all bounds', { min: '-1e13', max: '1e300' }, ['min', 'max']],
    ['a step of nothing', { step: '0' }, ['step']],
    ['a step beyond the range', { step: '11' }, ['step']],
    ['a value outside of the range', { value: '6' }, ['value']],
    ['a value that is no number', { value: 'x' }, ['value']],
  ])('given %s then %j is told at %j', (_, part, fields) => {
    expect(wrong(part, ['mu'])).toEqual(fields);
  });

  it('given a toggle then its range does not matter', () => {
    expect(wrong({ kind: 'toggle', min: 'x', max: '', step: '', value: '' })).toEqual([]);
  });

  it('given a parameter that exists then its name and value are not asked for', () => {
    expect(errorsIn({ ...FLOW, name: '', value: '' }, undefined)).toEqual({});
  });
});
