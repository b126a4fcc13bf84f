// Prints what failed in Maven's test reports, last and together: a build of modules side by side
// buries a failure under thousands of lines, and a log that is cut at its end has lost it.
// usage: node .mvn/failed-tests.mjs ROOT SINCE_SECONDS   (reports that are older belong to earlier runs)
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join, relative} from 'node:path';

const [root, since] = process.argv.slice(2);
const LINES_OF_A_TRACE = 14;
const ENTITIES = {lt: '<', gt: '>', quot: '"', apos: "'", amp: '&'};
const text = (xml) => xml.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex, digits) => String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ENTITIES[name]);

/** Every report of every module below the folder. */
function* reports(folder) {
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) {
      continue;
    }
    const path = join(folder, entry.name);
    if (entry.name !== 'target') {
      yield* reports(path);
      continue;
    }
    for (const of of ['surefire-reports', 'failsafe-reports'].map((name) => join(path, name)).filter(existsSync)) {
      yield* readdirSync(of).filter((name) => /^TEST-.*\.xml$/.test(name)).map((name) => join(of, name));
    }
  }
}

let failed = 0;
for (const path of reports(root)) {
  if (statSync(path).mtimeMs / 1000 < Number(since)) {
    continue;
  }
  for (const [, attributes, body] of readFileSync(path, 'utf8').matchAll(/<testcase\b([^>]*[^/])>([\s\S]*?)<\/testcase>/g)) {
    const failure = /<(?:failure|error)\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:failure|error)>)/.exec(body);
    if (failure === null) {
      continue;
    }
    failed += 1;
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1] ?? '?';
    const of = /\bclassname="([^"]*)"/.exec(attributes)?.[1] ?? '?';
    const trace = text(failure[1] ?? '').trim().split('\n');
    const shown = trace.length > LINES_OF_A_TRACE ? [...trace.slice(0, LINES_OF_A_TRACE), `… ${relative(root, path)}`] : trace;
    console.log(`\nFAILED ${of}: ${text(name)}\n${shown.map((line) => `  ${line}`).join('\n')}`);
  }
}
if (failed > 0) {
  console.log(`\n${failed} failed in Java's tests; the whole reports are in target/surefire-reports and target/failsafe-reports.`);
}
