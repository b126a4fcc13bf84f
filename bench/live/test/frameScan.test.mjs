import { describe, expect, test } from 'vitest';
import { answeredChange, frameType, isResumption, revisionsOf, scanChangeIds, welcomeRevision } from '../protocol/frameScan.mjs';

/** @param {unknown} frame */
function bytes(frame) {
  return Buffer.from(JSON.stringify(frame));
}

/** @param {string[]} changeIds */
function changes(...changeIds) {
  const list = changeIds.map((changeId, index) => ({ revision: 7 + index, changeId, userId: 'u', operations: [], notes: [] }));
  return bytes({ type: 'changes', from: 7, to: 6 + list.length, changes: list });
}

/** @param {Buffer} frame @returns {[number, number][]} */
function found(frame) {
  /** @type {[number, number][]} */
  const ids = [];
  scanChangeIds(frame, (client, counter) => ids.push([client, counter]));
  return ids;
}

describe('the scanner', () => {
  test('finds every change id of the generator, in order', () => {
    expect(found(changes('bench-0:1', 'bench-17:4096', 'bench-999:12'))).toEqual([[0, 1], [17, 4096], [999, 12]]);
  });

  test('passes over the ids of others, and of the server', () => {
    expect(found(changes('system:3', 'bench-:1', 'bench-x:1', 'bench-1:', 'benchmark-1:1', 'bench-2:9'))).toEqual([[2, 9]]);
  });

  test('stops at the end of a frame that is cut', () => {
    const whole = changes('bench-1:23');
    const end = whole.indexOf('bench-1:23');
    for (let length = end; length <= end + 'bench-1:23'.length; length++) expect(found(whole.subarray(0, length))).toEqual([]);
  });

  test('[CHG-1] reads which revisions a frame covers', () => {
    expect(revisionsOf(changes('bench-0:1', 'bench-0:2'))).toEqual({ from: 7, to: 8 });
    expect(() => revisionsOf(bytes({ type: 'changes', changes: [] }))).toThrow('"from"');
  });

  test('reads the type of a frame', () => {
    expect(frameType(changes())).toBe('changes');
    expect(frameType(bytes({ type: 'conflict', record: {} }))).toBe('conflict');
    expect(frameType(bytes({ t: 1, type: 'pong' }))).toBe('');
    expect(frameType(Buffer.from('{"type":"cha'))).toBe('');
  });

  test('reads what was answered', () => {
    expect(answeredChange(bytes({ type: 'accepted', changeId: 'bench-4:77', revision: 9, notes: [] }))).toBe('bench-4:77');
    expect(answeredChange(bytes({ type: 'accepted' }))).toBeUndefined();
  });

  test('[HEL-5] [RES-1] reads the revision of a welcome, wherever it stands, and whether it resumes', () => {
    const welcome = { type: 'welcome', branch: 'main', revision: 42, snapshot: { revision: 42 } };
    const elsewhere = { type: 'welcome', revision: 41, branch: 'main', locks: [] };
    expect(welcomeRevision(bytes(welcome))).toBe(42);
    expect(welcomeRevision(bytes(elsewhere))).toBe(41);
    expect(isResumption(bytes(welcome))).toBe(false);
    expect(isResumption(bytes({ ...elsewhere, resumedFrom: 40 }))).toBe(true);
  });
});
