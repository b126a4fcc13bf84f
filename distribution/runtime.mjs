// node runtime.mjs WLP CONFIG TARGET: what of Open Liberty the server's features need, as TARGET/wlp: a quarter of all.
// Liberty finds that out by starting; so it is made once for a set of features, not by each build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [wlp, config, target] = process.argv.slice(2);
if (wlp === undefined || config === undefined || target === undefined) {
  throw new Error('node runtime.mjs WLP CONFIG TARGET');
}

const WITH_FEATURES = ['server.xml', join('tls', 'on.xml')];
const features = WITH_FEATURES.flatMap(
  (file) => readFileSync(join(config, file), 'utf8').match(/<feature>.*<\/feature>/g) ?? [],
);
const wanted = createHash('sha256').update(features.join()).update(readFileSync(import.meta.filename)).digest('hex');
const stamp = join(target, 'made-of.sha256');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  const work = mkdtempSync(join(tmpdir(), 'chorale-runtime-'));
  try {
    make(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work an empty folder */
function make(work) {
  // A server that has the features and nothing else.
  const server = join(work, 'usr', 'servers', 'chorale');
  for (const file of WITH_FEATURES) cpSync(join(config, file), join(server, file));
  const archive = join(work, 'needed.zip');
  const program = join(wlp, 'bin', process.platform === 'win32' ? 'server.bat' : 'server');
  run(program, ['package', 'chorale', `--archive=${archive}`, '--include=minify'], {
    ...process.env,
    CHORALE_TLS: 'on',
    WLP_USER_DIR: join(work, 'usr'),
    WLP_OUTPUT_DIR: join(work, 'output'),
  });
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  // The JDK's: unzip is not everywhere.
  const jar = join(process.env['JAVA_HOME'] ?? '', 'bin', 'jar');
  run(jar, ['--extract', '--file', archive, '--dir', work], process.env);
  for (const superfluous of ['usr', 'templates']) rmSync(join(work, 'wlp', superfluous), { recursive: true });
  for (const terms of ['LICENSE', 'NOTICES']) cpSync(join(wlp, terms), join(work, 'wlp', terms));
  cpSync(join(work, 'wlp'), join(target, 'wlp.part'), { recursive: true });
  renameSync(join(target, 'wlp.part'), join(target, 'wlp'));
  writeFileSync(stamp, wanted);
}

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env */
function run(command, args, env) {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? stdout + stderr}`);
}
