import { describe, expect, test } from 'vitest';
import { usedHeapMB } from '../server/jvm.mjs';
import { Runs, tables } from '../report/tables.mjs';

/** @param {string} tag @param {number} p99 @param {Record<string, unknown>} [more] */
function row(tag, p99, more = {}) {
  return { tag, scn: 'S1', lat: { p50: 1, p99 }, missing: 0, dup: 0, converged: true, noise: 0.05, ...more };
}

describe('the report', () => {
  test('takes the median of the quiet runs, and the quietest where none was quiet', () => {
    expect(new Runs([row('a', 1), row('a', 3), row('a', 2), row('a', 99, { noise: 0.9 })]).number('lat.p99')).toBe(2);
    expect(new Runs([row('a', 7, { noise: 0.8 }), row('a', 9, { noise: 0.5 })]).number('lat.p99')).toBe(9);
  });

  test('shows ratios to the baseline, ours first', () => {
    const text = tables([row('sharedb', 30), row('chorale-postgresql', 10)], 'chorale-postgresql');
    const [ours = '', theirs = ''] = text.split('\n').filter((line) => /^\| (chorale|sharedb)/.test(line));
    expect(ours).toMatch(/^\| chorale-postgresql .*\| 1\.0 \| 1\.0 \|/);
    expect(theirs).toMatch(/^\| sharedb .*\| 1\.0 \| 3\.0 \|/);
  });

  test('says what must not be believed, and what failed', () => {
    const text = tables([row('chorale-hsqldb', 1, { broken: ['3 lost'] }), { tag: 'peer', scn: 'S1', failed: 'Error: no\nport' }], 'none');
    expect(text).toContain('| chorale-hsqldb **(3 lost)** |');
    expect(text).toContain('failed: Error: no port');
  });

  test('leaves out scenarios without a run', () => {
    expect(tables([row('chorale-hsqldb', 1)], 'none')).not.toContain('S2');
  });
});

describe('the heap in use', () => {
  const metaspace = ' Metaspace       used 70000K, committed 71000K';
  test.each([
    ['G1', [' garbage-first heap   total reserved 1048576K, committed 131072K, used 20480K [0x0, 0x1)', '  region size 1024K'], 20],
    ['Serial', [' DefNew     total 39296K, used 1024K [0x0)', '  eden space 34944K, 3% used', ' Tenured total 87424K, used 2048K'], 3],
    ['Z', [' ZHeap           used 40M, capacity 128M, max capacity 1024M'], 40],
    ['nothing', ['no such process'], null],
  ])('is read from what %s says', (_, lines, expected) => {
    expect(usedHeapMB([...lines, metaspace].join('\n'))).toBe(expected);
  });
});
