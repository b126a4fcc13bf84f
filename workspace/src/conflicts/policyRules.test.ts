import type { PolicySettings } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { exceptionFor, isBesidesThePoint, isBuiltIn, partsOf, rulesOf, settingsOf, subjectOf } from './policyRules';

/** As the server answers it for a session about parameters. */
const PARAMETERS_POLICY: PolicySettings = {
  '*.color': { strategy: 'AUTOMATIC', blend: 'DELTA', windowMs: 0, atomic: true },
  '*.quaternion': { strategy: 'AUTOMATIC', blend: 'DELTA', windowMs: 0, atomic: true },
  'parameters.*': { strategy: 'MANUAL', blend: 'DELTA', windowMs: 500, atomic: false },
};
const USUAL = { strategy: 'AUTOMATIC', blend: 'DELTA', windowMs: 0, atomic: false };

describe('[REST-11] a session’s conflict policy', () => {
  it('given the server’s answer then it is read, narrow exceptions first, and stored as it was', () => {
    const rules = rulesOf({ ...PARAMETERS_POLICY, 'parameters.mu': { strategy: 'MERGE', blend: 'AVERAGE', windowMs: 200, atomic: false } });
    expect(rules.usual).toEqual(USUAL);
    expect(rules.exceptions.map(({ name }) => name)).toEqual(['parameters.mu', 'parameters.*', '*.color', '*.quaternion']);
    expect(settingsOf(rulesOf(PARAMETERS_POLICY))).toEqual(PARAMETERS_POLICY);
  });

  it('given an entry with fields left out then they are as by default', () => {
    expect(rulesOf({ 'box.size': { strategy: 'REJECT' } }).exceptions).toEqual([{ name: 'box.size', ...USUAL, strategy: 'REJECT' }]);
    expect(rulesOf(undefined)).toEqual({ usual: USUAL, exceptions: [] });
  });

  it('given another usual case then it is stored for everything, and the standard one is not stored at all', () => {
    const rules = rulesOf({ '*.*': { strategy: 'LAST_WRITE_WINS' } });
    expect(rules).toEqual({ usual: { ...USUAL, strategy: 'LAST_WRITE_WINS' }, exceptions: [] });
    expect(settingsOf(rules)).toEqual({ '*.*': { ...USUAL, strategy: 'LAST_WRITE_WINS' } });
    expect(settingsOf({ ...rules, usual: rulesOf({}).usual })).toEqual({});
  });

  it('given a property with dots then the type ends at the first one', () => {
    expect(partsOf('parameters.a.b')).toEqual(['parameters', 'a.b']);
    expect(exceptionFor('parameters', 'a.b')).toEqual({ name: 'parameters.a.b', ...USUAL, strategy: 'MANUAL' });
  });

  it('given the exceptions that every session has then they cannot be removed', () => {
    expect(Object.keys(PARAMETERS_POLICY).every(isBuiltIn)).toBe(true);
    expect(isBuiltIn('parameters.mu')).toBe(false);
  });

  it('given a session about parameters then what every session has for objects is not shown, unless its owner changed it', () => {
    const names = (policy: PolicySettings, hasParameters: boolean) =>
      rulesOf(policy).exceptions.filter((rule) => !isBesidesThePoint(rule, hasParameters)).map(({ name }) => name);
    expect(names(PARAMETERS_POLICY, true)).toEqual(['parameters.*']);
    expect(names({ ...PARAMETERS_POLICY, 'parameters.*': { windowMs: 500 } }, false)).toEqual(['*.color', '*.quaternion']);
    expect(names({ '*.color': { strategy: 'REJECT', atomic: true } }, true)).toEqual(['*.color']);
  });

  it('given names of rules then each reads as something of its own', () => {
    const names = ['*.*', '*.color', 'box.*', 'box.color', 'label.text', 'parameters.*', 'parameters.mu', 'robot.arm', 'constructor.toString'];
    const words = names.map(subjectOf);
    expect(new Set(words).size).toBe(names.length);
    expect(words.filter((each) => each.includes('*') || each.includes('function'))).toEqual([]);
    expect(subjectOf('robot.arm')).toContain('arm');
  });
});
