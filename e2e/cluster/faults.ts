import { setTimeout as pause } from 'node:timers/promises';
import { pick } from '../support/random.js';
import type { Cluster, Node } from './cluster.js';
import type { Crowd } from './crowd.js';
import type { Link, Mischief } from './link.js';

/** What a fault works on. */
export interface Scene {
  readonly cluster: Cluster;
  readonly crowd: Crowd;
  readonly random: () => number;
}

/** Something that goes wrong in a running cluster, and ends. */
export interface Fault {
  readonly name: string;
  readonly says: string;
  /** How soon after its end, or after the kill, everybody has to be able to edit again, in milliseconds. */
  readonly limitMs: number;
  /** Whether it needs Redis. */
  readonly redis?: true;
  /**
   * Has it happen and end.
   *
   * @returns how long it took until an edit of each was acknowledged and seen by all, in milliseconds
   */
  readonly strike: (scene: Scene) => Promise<number>;
}

const RECOVERY_MS = 5_000;
const DRAIN_MS = 2_000;
const CUT_MS = 10_000;
const FREEZE_MS = 20_000;
const BLINK_MS = 3_000;
const MISCHIEF_MS = 8_000;
/** So long people of a dead node may be seen. */
const GHOST_MS = 10_000;
const SEEN_MS = 10_000;
const GONE_MS = 60_000;

/** Those that any cluster can suffer, one after another or in any order. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'kill-node',
    says: 'SIGKILL of a node, started again',
    limitMs: RECOVERY_MS,
    strike: async ({ cluster, crowd, random }) => {
      const { server } = pick(random, cluster.running);
      await server.kill();
      // A node that starts takes all cores of this machine; it would have a machine of its own.
      const recoveryMs = await crowd.recovers();
      await server.start();
      return Math.max(recoveryMs, await crowd.recovers());
    },
  },
  {
    name: 'freeze-node',
    says: `SIGSTOP of a node for ${FREEZE_MS / 1000} s`,
    limitMs: RECOVERY_MS,
    strike: (scene) => frozen(scene, FREEZE_MS),
  },
  {
    name: 'blink-node',
    says: `SIGSTOP of a node for ${BLINK_MS / 1000} s, shorter than anybody doubts it`,
    limitMs: RECOVERY_MS,
    strike: (scene) => frozen(scene, BLINK_MS),
  },
  {
    name: 'kill-redis',
    says: 'SIGKILL of Redis, started again after 5 s',
    limitMs: RECOVERY_MS,
    redis: true,
    strike: async ({ cluster, crowd }) => {
      await cluster.redis?.kill();
      await pause(5_000);
      await cluster.redis?.up();
      return crowd.recovers();
    },
  },
  {
    name: 'restart-postgresql',
    says: 'PostgreSQL stopped at once (immediate), started again after 3 s',
    limitMs: RECOVERY_MS,
    strike: async ({ cluster, crowd }) => {
      await cluster.postgres.down();
      await pause(3_000);
      await cluster.postgres.up();
      return crowd.recovers();
    },
  },
  {
    name: 'cut-redis',
    says: `one node cut from Redis for ${CUT_MS / 1000} s`,
    limitMs: RECOVERY_MS,
    redis: true,
    strike: (scene) => interrupted(scene, ({ redis }) => redis, 'cut'),
  },
  {
    name: 'silent-redis',
    says: `nothing carried between one node and Redis for ${CUT_MS / 1000} s`,
    limitMs: RECOVERY_MS,
    redis: true,
    strike: (scene) => interrupted(scene, ({ redis }) => redis, 'silence'),
  },
  {
    name: 'cut-postgresql',
    says: `one node cut from PostgreSQL for ${CUT_MS / 1000} s`,
    limitMs: RECOVERY_MS,
    strike: (scene) => interrupted(scene, ({ database }) => database, 'cut'),
  },
  {
    name: 'silent-postgresql',
    says: `nothing carried between one node and PostgreSQL for ${CUT_MS / 1000} s`,
    limitMs: RECOVERY_MS,
    strike: (scene) => interrupted(scene, ({ database }) => database, 'silence'),
  },
  mischief('drop-messages', 'half of the messages between nodes lost', { drop: 0.5 }),
  mischief('duplicate-messages', 'half of the messages between nodes come twice', { duplicate: 0.5 }),
  mischief('delay-messages', 'messages between nodes come half a second late', { delayMs: 500 }),
  {
    name: 'ghost',
    says: 'SIGKILL of a node with somebody who does not come back: how long the others still see them',
    limitMs: GHOST_MS,
    strike: async ({ cluster, crowd, random }) => {
      const { url, server } = pick(random, cluster.running);
      const ghost = crowd.visitor('ghost', () => url);
      await crowd.until(() => crowd.seenByAll('ghost'), SEEN_MS, () => 'not all saw who came');
      await server.kill();
      const killedAt = performance.now();
      await crowd.until(() => crowd.seenByNobody('ghost'), GONE_MS, () => 'still seen by somebody');
      const goneMs = performance.now() - killedAt;
      ghost.session.close();
      await server.start();
      await crowd.recovers();
      return goneMs;
    },
  },
  {
    name: 'drain-node',
    says: 'SIGTERM of a node, started again',
    limitMs: DRAIN_MS,
    strike: async ({ cluster, crowd, random }) => {
      const { server } = pick(random, cluster.running);
      const stopped = server.stop('SIGTERM');
      const recoveryMs = await crowd.recovers();
      await stopped;
      await server.start();
      return recoveryMs;
    },
  },
];

/** Every node stopped by SIGTERM and started again, one after another, while people edit. */
export const ROLLING_RESTART: Fault = {
  name: 'rolling-restart',
  says: 'all nodes restarted, one after another',
  limitMs: DRAIN_MS,
  strike: async ({ cluster, crowd }) => {
    let slowest = 0;
    for (const { name, server } of cluster.nodes) {
      const stopped = server.stop('SIGTERM');
      const withoutMs = await crowd.recovers();
      await stopped;
      await server.start();
      const againMs = await crowd.recovers();
      console.log(`    ${name}: ${Math.round(withoutMs)} ms without it, ${Math.round(againMs)} ms when it is back`);
      slowest = Math.max(slowest, withoutMs, againMs);
    }
    return slowest;
  },
};

async function frozen({ cluster, crowd, random }: Scene, milliseconds: number): Promise<number> {
  const { server } = pick(random, cluster.running);
  server.freeze();
  await pause(milliseconds);
  server.thaw();
  return crowd.recovers();
}

async function interrupted(
  { cluster, crowd, random }: Scene,
  linkOf: (node: Node) => Link | undefined,
  how: 'cut' | 'silence',
): Promise<number> {
  const link = linkOf(pick(random, cluster.running));
  link?.[how]();
  await pause(CUT_MS);
  link?.restore();
  return crowd.recovers();
}

function mischief(name: string, says: string, what: Mischief): Fault {
  return {
    name,
    says: `${says}, for ${MISCHIEF_MS / 1000} s`,
    limitMs: RECOVERY_MS,
    strike: async ({ cluster, crowd }) => {
      const links = cluster.running.map(({ redis, database }) => redis ?? database);
      for (const link of links) link.tamper(what);
      await pause(MISCHIEF_MS);
      const tampered = links.reduce((sum, link) => sum + link.tampered, 0);
      for (const link of links) link.tamper({});
      if (tampered === 0) throw new Error('no message came by: nothing was tested');
      return crowd.recovers();
    },
  };
}
