import { removeNow } from '../live/server/children.mjs';
import { Postgres } from '../live/server/postgres.mjs';
import { cpuSeconds, memoryOf, oneDigit } from '../live/server/processes.mjs';
import { launched, ready, Server } from '../live/server/server.mjs';
import { Redis } from './redis.mjs';

const STOP_MS = 20_000;

/** @typedef {{ url: URL, pid: number, child: import('../live/server/children.mjs').Child, dataDir: string }} Node */

/** Several nodes with a database, and where asked a Redis, of their own, as one server to be measured. */
export class Cluster extends Server {
  #nodes;
  #postgres;
  #redis;

  /** @param {Node[]} nodes @param {Postgres} postgres @param {Redis | null} redis */
  constructor(nodes, postgres, redis) {
    const [first] = nodes;
    if (first === undefined) throw new Error('a cluster has at least one node');
    super(first.url, first.pid, redis === null ? [postgres.pid] : [postgres.pid, redis.pid]);
    this.#nodes = nodes;
    this.#postgres = postgres;
    this.#redis = redis;
  }

  /**
   * A single node is started as a lone one, with what a cluster costs left out.
   *
   * @param {number} count @param {'postgresql' | 'redis'} bus @param {Record<string, string>} settings environment variables of all nodes
   */
  static async start(count, bus, settings) {
    const postgres = await Postgres.start();
    const redis = bus === 'redis' && count > 1 ? await Redis.start() : null;
    /** @type {Node[]} */
    const nodes = [];
    try {
      for (let place = 1; place <= count; place++) {
        const { child, dataDir, url } = await launched({
          ...postgres.environment,
          ...(count > 1 && { CHORALE_CLUSTER_ENABLED: 'true', CHORALE_CLUSTER_BUS: bus, CHORALE_CLUSTER_NODE: `n${place}` }),
          ...(redis !== null && { CHORALE_CLUSTER_REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
          ...settings,
        });
        nodes.push({ url, child, dataDir, pid: await ready(child) });
      }
      return new Cluster(nodes, postgres, redis);
    } catch (error) {
      for (const { child } of nodes) await child.stop('SIGKILL', STOP_MS);
      await redis?.stop();
      await postgres.stop();
      throw error;
    }
  }

  get urls() {
    return this.#nodes.map(({ url }) => url);
  }

  /** CPU seconds of all nodes, and of what they use, so far. @override */
  cpu() {
    const database = super.cpu()?.database ?? 0;
    return { server: this.#nodes.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0), database };
  }

  /** Of all nodes together. @override */
  memory() {
    const each = this.#nodes.map(({ pid }) => memoryOf(pid));
    /** @param {'rssMB' | 'hwmMB'} what */
    const sum = (what) => oneDigit(each.reduce((all, node) => all + (node[what] ?? 0), 0));
    return { rssMB: sum('rssMB'), hwmMB: sum('hwmMB'), dbPssMB: super.memory()?.dbPssMB ?? 0 };
  }

  /** @override */
  diskBytes() {
    return this.#postgres.diskBytes;
  }

  /** @override */
  get environment() {
    return { ...super.environment, postgresql: this.#postgres.version, durability: this.#postgres.durability };
  }

  /** @override */
  get log() {
    return this.#nodes.map(({ child }) => child.output.slice(-700)).join('\n---\n');
  }

  /** @override */
  async stop() {
    await Promise.all(this.#nodes.map(({ child }) => child.stop('SIGTERM', STOP_MS)));
    await this.#redis?.stop();
    await this.#postgres.stop();
    for (const { dataDir } of this.#nodes) removeNow(dataDir);
  }
}
