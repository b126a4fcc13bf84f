#!/usr/bin/env node
// node bench/live/report.mjs [FILE.jsonl …] [--baseline TAG] [--out FILE]: the results as Markdown, see ../README.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { tables, TOLERATED_NOISE } from './report/tables.mjs';

const BENCH = resolve(import.meta.dirname, '..');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    baseline: { type: 'string', default: 'chorale-postgresql' },
    out: { type: 'string', default: join(BENCH, 'RESULTS.md') },
  },
});
const files = positionals.length > 0 ? positionals : [join(BENCH, 'results', 'live.jsonl')];
for (const file of files.filter((name) => !existsSync(name))) {
  console.error(`${file} is missing (expected: results of bench/live/run.mjs)`);
  process.exit(2);
}
const rows = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /** @type {import('./report/tables.mjs').Row} */ (JSON.parse(line))),
);

const text = `# Live, measured

What is measured and how: [README](README.md#live). Medians of the runs on a quiet machine: where others used more than
${TOLERATED_NOISE} CPUs (\`noise\`), a run counts only if there is no other. × is the ratio to ${options.baseline}.

| | |
|---|---|
${about(rows).map(([name, value]) => `| ${name} | ${value} |`).join('\n')}

${tables(rows, options.baseline)}`;
writeFileSync(options.out, text);
console.log(text);

/** What ran where, as it was at the time. @param {import('./report/tables.mjs').Row[]} all @returns {[string, string][]} */
function about(all) {
  /** @param {(row: import('./report/tables.mjs').Row) => unknown} read */
  const distinct = (read) => [...new Set(all.map(read).filter((value) => value !== undefined && value !== null))].map(String);
  /** @param {string} group @param {string} name */
  const of = (group, name) => distinct((row) => /** @type {Record<string, unknown> | undefined} */ (row[group])?.[name]).join('; ');
  const loads = of('machine', 'load').split('; ').map(Number).filter(Number.isFinite);
  const durability = distinct((row) => JSON.stringify(/** @type {Record<string, unknown> | undefined} */ (row['server'])?.['durability']));
  const dates = distinct((row) => String(row['when']).slice(0, 10)).sort();
  /** @type {[string, string][]} */
  const found = [
    ['machine', `${of('machine', 'cpus')} × ${of('machine', 'cpu')}, ${of('machine', 'memoryGB')} GB, Linux ${of('machine', 'kernel')}`],
    ['pinned', of('machine', 'pinned') === 'true' ? 'server and database to CPU 0, generator to CPU 1' : '**not throughout**'],
    ['load average before the runs', loads.length > 0 ? `${Math.min(...loads)} to ${Math.max(...loads)}` : 'unknown'],
    ['JDK', of('server', 'jdk')],
    ['PostgreSQL', `${of('server', 'postgresql')} ${durability.join('; ').replaceAll('"', '')}`.trim()],
    ['Node.js', of('machine', 'node')],
    ['date', dates.length > 1 ? `${dates.at(0)} to ${dates.at(-1)}` : dates.join()],
    ['commands', distinct((row) => row['command']).map((command) => `\`${command}\``).join('<br>')],
  ];
  return found.filter(([, value]) => value !== '');
}
