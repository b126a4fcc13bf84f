import { parseArgs } from 'node:util';
import { SCENARIOS, USUAL } from './scenarios/scenarios.mjs';

const RAMP = '250,500,1000,1500,2000,3000,4000,5000,6000,8000,10000,12000,15000,20000,25000,30000';
const DATABASES = /** @type {const} */ (['hsqldb', 'postgresql']);

/**
 * The command line, checked.
 *
 * @param {string[]} args
 * @throws {Error} that says what was expected
 */
export function parseOptions(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      pid: { type: 'string' },
      start: { type: 'string' },
      env: { type: 'string', multiple: true, default: [] },
      tag: { type: 'string' },
      out: { type: 'string' },
      reps: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '15' },
      'warm-up': { type: 'string', default: '60' },
      'step-seconds': { type: 'string', default: '4' },
      steps: { type: 'string', default: RAMP },
      seed: { type: 'string', default: '42' },
      elements: { type: 'string', default: '200' },
      'join-elements': { type: 'string', default: '10000' },
      changes: { type: 'string', default: '100000' },
      'history-rate': { type: 'string', default: '1000' },
      'stall-seconds': { type: 'string', default: '60' },
      rooms: { type: 'string' },
      'per-room': { type: 'string', default: '50' },
      clients: { type: 'string', default: '50' },
      rate: { type: 'string', default: '10' },
      full: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  if ((values.url === undefined) === (values.start === undefined)) throw new Error('either --url or --start is expected');
  return {
    scenarios: scenarios(positionals),
    url: values.url === undefined ? null : new URL(values.url),
    pids: values.pid === undefined ? [] : numbers('pid', values.pid),
    start: values.start === undefined ? [] : databases(values.start),
    env: Object.fromEntries(values.env.map(assignment)),
    tag: values.tag ?? null,
    out: values.out ?? null,
    reps: above0('reps', values.reps),
    seconds: above0('seconds', values.seconds),
    warmUp: above0('warm-up', values['warm-up']),
    stepSeconds: above0('step-seconds', values['step-seconds']),
    steps: numbers('steps', values.steps),
    seed: above0('seed', values.seed),
    elements: above0('elements', values.elements),
    joinElements: above0('join-elements', values['join-elements']),
    changes: above0('changes', values.changes),
    historyRate: above0('history-rate', values['history-rate']),
    stallSeconds: above0('stall-seconds', values['stall-seconds']),
    rooms: values.rooms === undefined ? null : above0('rooms', values.rooms),
    perRoom: above0('per-room', values['per-room']),
    clients: above0('clients', values.clients),
    rate: above0('rate', values.rate),
    full: values.full === undefined ? null : Number(values.full),
    minutes: values.minutes === undefined ? null : above0('minutes', values.minutes),
  };
}

/** Named one by one or with commas between. @param {string[]} words */
function scenarios(words) {
  const names = words.flatMap((word) => word.split(',')).filter((name) => name !== '');
  for (const name of names) {
    if (!(name in SCENARIOS)) throw new Error(`scenario ${name} (expected: ${Object.keys(SCENARIOS).join(', ')})`);
  }
  return names.length > 0 ? names : USUAL;
}

/** @param {string} text @returns {import('./server/server.mjs').Database[]} */
function databases(text) {
  return text.split(',').map((name) => {
    const known = DATABASES.find((database) => database === name);
    if (known === undefined) throw new Error(`--start ${name} (expected: ${DATABASES.join(' or ')})`);
    return known;
  });
}

/** @param {string} text @returns {[string, string]} */
function assignment(text) {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--env ${text} (expected: NAME=VALUE)`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** @param {string} name @param {string} text */
function numbers(name, text) {
  return text.split(',').map((one) => above0(name, one));
}

/** @param {string} name @param {string} text */
function above0(name, text) {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} ${text} (expected: a number above 0)`);
  return number;
}
