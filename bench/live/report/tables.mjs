// Rows of live.jsonl, and of the peers' harness, which uses the same names, as Markdown tables.
import { median } from '../measure/numbers.mjs';

/** CPUs that others may have used; a noisier run counts only where there is no other. */
export const TOLERATED_NOISE = 0.25;
const NONE = '–';

/** @typedef {Record<string, unknown>} Row */
/** @typedef {[heading: string, cell: (runs: Runs) => string]} Column */

/** The runs of one system in one scenario. */
export class Runs {
  /** @param {Row[]} all */
  constructor(all) {
    this.all = all;
    const finished = all.filter((row) => row['failed'] === undefined);
    const quiet = finished.filter((row) => Number(row['noise'] ?? 0) <= TOLERATED_NOISE);
    const byNoise = [...finished].sort((a, b) => Number(a['noise']) - Number(b['noise']));
    /** Those that count. */
    this.good = quiet.length > 0 ? quiet : byNoise.slice(0, 1);
  }

  /** The median of a field, as `lat.p99`; null where no run has it. @param {string} path */
  number(path) {
    return median(this.good.map((row) => field(row, path)).filter((value) => typeof value === 'number'));
  }

  /** @param {string} path */
  values(path) {
    return this.good.map((row) => field(row, path));
  }

  get noise() {
    const values = this.values('noise').filter((value) => typeof value === 'number');
    const range = values.length === 0 ? 'unknown' : `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
    return `${this.good.length}/${this.all.length}, ${range}`;
  }
}

/** All tables that there are rows for. @param {Row[]} rows @param {string} baseline the tag that ratios refer to */
export function tables(rows, baseline) {
  return SHAPES.map((shape) => table(rows, baseline, shape)).filter((text) => text !== '').join('\n');
}

/** @typedef {{ scn: string, title: string, columns: Column[], ratios: [heading: string, path: string][] }} Shape */

/** @param {Row[]} rows @param {string} baseline @param {Shape} shape */
function table(rows, baseline, { scn, title, columns, ratios }) {
  const ofScenario = rows.filter((row) => row['scn'] === scn && row['na'] === undefined);
  const tags = [...new Set(ofScenario.map((row) => String(row['tag'])))].sort((a, b) => rank(a) - rank(b));
  if (tags.length === 0) return '';
  /** @param {string} tag */
  const runsOf = (tag) => new Runs(ofScenario.filter((row) => row['tag'] === tag));
  const reference = runsOf(baseline);
  const headings = ['system', ...columns.map(([heading]) => heading), ...ratios.map(([heading]) => `× ${heading}`), 'runs used, noise'];
  const lines = tags.map((tag) => {
    const runs = runsOf(tag);
    if (runs.good.length === 0) return cells([tag, `failed: ${oneLine(runs.all[0]?.['failed'])}`, ...headings.slice(2).map(() => NONE)]);
    const compared = ratios.map(([, path]) => ratio(runs.number(path), reference.number(path)));
    return cells([tag + broken(runs), ...columns.map(([, cell]) => cell(runs)), ...compared, runs.noise]);
  });
  const rule = headings.map((_, index) => (index === 0 || index === headings.length - 1 ? '---' : '--:'));
  return [`## ${title}`, '', cells(headings), cells(rule), ...lines, ''].join('\n');
}

/** Ours first. @param {string} tag */
function rank(tag) {
  return tag.startsWith('chorale') ? 0 : 1;
}

/** @param {Runs} runs */
function broken(runs) {
  const reasons = [...new Set(runs.values('broken').flat().filter((reason) => reason !== undefined))];
  return reasons.length > 0 ? ` **(${reasons.join(', ')})**` : '';
}

/** @param {readonly string[]} texts */
function cells(texts) {
  return `| ${texts.join(' | ')} |`;
}

/** @param {unknown} text */
function oneLine(text) {
  return String(text).replaceAll(/\s+/g, ' ').replaceAll('|', '/').slice(0, 120);
}

/** @param {Row} row @param {string} path */
function field(row, path) {
  /** @type {unknown} */
  let value = row;
  for (const name of path.split('.')) value = typeof value === 'object' && value !== null ? /** @type {Row} */ (value)[name] : undefined;
  return value;
}

/** @param {number | null} value @param {number | null} reference */
function ratio(value, reference) {
  return value === null || reference === null || reference === 0 ? NONE : `${(value / reference).toPrecision(2)}`;
}

/** With as many digits as say something. @param {number | null} value */
function show(value) {
  if (value === null) return NONE;
  if (value === 0) return '0';
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** @param {string} heading @param {string} path @returns {Column} */
function number(heading, path) {
  return [heading, (runs) => show(runs.number(path))];
}

/** @param {string} heading @param {string[]} paths @returns {Column} */
function numbers(heading, ...paths) {
  return [heading, (runs) => paths.map((path) => show(runs.number(path))).join(' / ')];
}

/** @param {string} heading @param {string} path @returns {Column} */
function megabytes(heading, path) {
  return [
    heading,
    (runs) => {
      const bytes = runs.number(path);
      return bytes === null ? NONE : show(bytes / 1e6);
    },
  ];
}

/** Yes only where it was so in every run. @param {string} heading @param {string} path @returns {Column} */
function always(heading, path) {
  return [
    heading,
    (runs) => {
      const values = runs.values(path).filter((value) => value !== null && value !== undefined);
      return values.length === 0 ? NONE : values.every((value) => value === true) ? 'yes' : '**no**';
    },
  ];
}

/** @param {string} scn @param {string} title @returns {Shape} */
function fanOut(scn, title) {
  return {
    scn,
    title,
    columns: [
      numbers('p50 / p95 / p99 / p99.9 / max ms', 'lat.p50', 'lat.p95', 'lat.p99', 'lat.p999', 'lat.max'),
      numbers('full clients p50 / p99', 'latReal.p50', 'latReal.p99'),
      number('acknowledged p99', 'echo.p99'),
      numbers('deliveries/s / offered', 'delivPerSec', 'offeredDeliv'),
      always('sustained', 'sustained'),
      numbers('server / database / generator CPU %', 'srvCpuPct', 'dbCpuPct', 'genCpuPct'),
      number('generator lag p99', 'genLag.p99'),
      number('RSS MB', 'mem.rssMB'),
      numbers('lost / doubled', 'missing', 'dup'),
      always('converged', 'converged'),
    ],
    ratios: [
      ['p50', 'lat.p50'],
      ['p99', 'lat.p99'],
      ['CPU', 'srvCpuPct'],
      ['RSS', 'mem.rssMB'],
    ],
  };
}

/** @param {string} scn @param {string} title @returns {Shape} */
function connected(scn, title) {
  return {
    scn,
    title,
    columns: [
      number('connects/s', 'connPerSec'),
      number('server CPU s for it', 'connectSrvCpuS'),
      numbers('RSS MB empty / seeded / connected', 'rssEmpty.rssMB', 'rssSeeded.rssMB', 'rssConnected.rssMB'),
      numbers('KB per connection RSS / heap', 'rssPerConnKB', 'heapPerConnKB'),
      number('heap MB after GC', 'heapConnectedMB'),
      numbers('p50 / p99 / max ms', 'lat.p50', 'lat.p99', 'lat.max'),
      number('server CPU %', 'srvCpuPct'),
      numbers('lost / cut off', 'missing', 'closedN'),
    ],
    ratios: [
      ['p99', 'lat.p99'],
      ['RSS per connection', 'rssPerConnKB'],
      ['connects/s', 'connPerSec'],
    ],
  };
}

/** @type {Shape[]} */
const SHAPES = [
  fanOut('S1', 'S1: 10 clients × 10/s, 900 deliveries/s'),
  fanOut('S2', 'S2: 50 clients × 10/s, 24,500 deliveries/s'),
  fanOut('S3', 'S3: 100 clients × 10/s, 99,000 deliveries/s'),
  {
    scn: 'S4',
    title: 'S4: the highest rate with 10 clients',
    columns: [
      number('last good changes/s', 'maxOps'),
      number('p99 there, ms', 'atP99'),
      number('generator CPU % there', 'genCpuPct'),
      ['what broke next', (runs) => whatBroke(runs)],
      always('converged', 'converged'),
    ],
    ratios: [['changes/s', 'maxOps']],
  },
  connected('S5', 'S5: 2,000 connections in rooms of 50, 1 change/s each room'),
  connected('S5b', 'S5b: 10,000 connections in rooms of 50, 1 change/s each room'),
  {
    scn: 'S6',
    title: 'S6: joining a document of 10,000 elements',
    columns: [
      number('full client, document ready, ms', 'joinMs'),
      number('slowest of 7', 'joinMaxMs'),
      number('last byte, ms', 'wireJoinMs'),
      number('parsed, ms', 'documentMs'),
      megabytes('MB', 'bytes'),
      number('deflated: last byte', 'deflate.wireMs'),
      number('deflated: parsed', 'deflate.documentMs'),
      megabytes('deflated: MB', 'deflate.bytes'),
    ],
    ratios: [
      ['ready', 'joinMs'],
      ['last byte', 'wireJoinMs'],
      ['bytes', 'bytes'],
    ],
  },
  {
    scn: 'S7',
    title: 'S7: a long history',
    columns: [
      number('changes', 'ops'),
      numbers('join before / after, ms', 'joinBefore.ms', 'joinAfter.ms'),
      ['after ÷ before', (runs) => ratio(runs.number('joinAfter.ms'), runs.number('joinBefore.ms'))],
      numbers('heap MB before / after', 'heapBeforeMB', 'heapAfterMB'),
      numbers('RSS MB before / after', 'memBefore.rssMB', 'memAfter.rssMB'),
      number('server CPU µs per change', 'usPerOp'),
      number('s', 'secs'),
      megabytes('disk MB', 'disk'),
      number('bytes per change', 'diskBytesPerOp'),
      always('converged', 'converged'),
    ],
    ratios: [
      ['join after', 'joinAfter.ms'],
      ['CPU per change', 'usPerOp'],
      ['disk', 'disk'],
    ],
  },
  {
    scn: 'S8',
    title: 'S8: one of 20 stops reading for a while',
    columns: [
      numbers('others’ p99 before / meanwhile / after, ms', 'before.lat.p99', 'during.lat.p99', 'after.lat.p99'),
      numbers('RSS MB before / meanwhile / peak', 'rssBefore.rssMB', 'rssDuring.rssMB', 'rssPeakMB'),
      ['the slow one', (runs) => slowOne(runs)],
      number('revisions missed', 'slow.missedRevisions'),
      number('back after ms', 'slow.caughtUpMs'),
      numbers('lost / doubled', 'missing', 'dup'),
      always('converged', 'converged'),
    ],
    ratios: [['p99 meanwhile', 'during.lat.p99']],
  },
];

/** The step behind the last good one, of the run nearest to the median. @param {Runs} runs */
function whatBroke(runs) {
  const middle = runs.number('maxOps') ?? 0;
  const [row] = [...runs.good].sort((a, b) => Math.abs(Number(a['maxOps']) - middle) - Math.abs(Number(b['maxOps']) - middle));
  const steps = /** @type {Row[]} */ (row?.['steps'] ?? []);
  const step = steps.find(({ ok }) => ok === false);
  if (step === undefined) return 'the ramp ended';
  const p99 = typeof step['p99'] === 'number' ? step['p99'] : null;
  const load = `server ${step['srvCpuPct']} %, database ${step['dbCpuPct']} %, generator ${step['genCpuPct']} %`;
  const rate = `${step['offered']}/s (${load})`;
  if (Number(step['ops']) < 0.95 * Number(step['offered'])) return `generator: ${step['ops']} of ${rate}`;
  return p99 !== null && p99 <= 100 ? `${step['lost']} lost at ${rate}` : `p99 ${show(p99)} ms at ${rate}`;
}

/** @param {Runs} runs */
function slowOne(runs) {
  const found = runs.good.map((row) => {
    if (field(row, 'slow.letGo') !== true) return 'was kept';
    const code = field(row, 'slow.closed.code');
    const end = code === undefined ? 'let go, heard no close within 10 s' : `closed with ${code}`;
    return `${end}, back by ${field(row, 'slow.resumed.by') ?? 'no means'}`;
  });
  return [...new Set(found)].join('; ');
}
