import { createSession, readDocument, documentForm } from '@chorale/client';
import { seeded } from '../support/random.js';
import { ChoraleServer, freePort } from '../support/server.js';
import { PostgresFraming, RedisFraming } from './framing.js';
import { hashOf, type Final, type Logged } from './history.js';
import { Link } from './link.js';
import { Postgres } from './postgres.js';
import { Redis } from './redis.js';

export type BusKind = 'postgresql' | 'redis';

export interface ClusterOptions {
  readonly nodes: number;
  readonly bus: BusKind;
  /** What chance decides in the links. */
  readonly seed: number;
  /** Where PostgreSQL lives; a temporary folder where absent. */
  readonly databaseFolder?: string;
  /** How many of the nodes are started; all where absent. */
  readonly started?: number;
  /** Starts what stands before the nodes, given their `host:port`; clients come directly where absent. */
  readonly front?: (nodes: readonly string[]) => Promise<Front>;
  /** Configuration for all nodes, over what the cluster sets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Configuration for one node, by its place. */
  readonly environmentOf?: Readonly<Record<number, Readonly<Record<string, string>>>>;
}

/** A balancer: clients come to it, and it chooses the node. */
export interface Front {
  readonly url: string;
  dispose(): Promise<void>;
}

/** Several servers that start at once share the cores. */
const START_MS = 150_000;

/** A server with its own way to each service. */
export class Node {
  constructor(
    readonly name: string,
    readonly server: ChoraleServer,
    readonly database: Link,
    readonly redis: Link | undefined,
  ) {}

  get url(): string {
    return this.server.url;
  }
}

/** Several servers of one cluster with all that they need, as processes of this machine. */
export class Cluster {
  readonly nodes: Node[] = [];
  #front: Front | undefined;

  private constructor(
    readonly postgres: Postgres,
    readonly redis: Redis | undefined,
    private readonly options: ClusterOptions,
    private readonly random: () => number,
  ) {}

  /** Starts everything and waits until all nodes that are to be started take work. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    const postgres = await Postgres.start(options.databaseFolder);
    const redis = options.bus === 'redis' ? await Redis.start() : undefined;
    const cluster = new Cluster(postgres, redis, options, seeded(options.seed));
    try {
      for (let place = 0; place < options.nodes; place += 1) cluster.nodes.push(await cluster.#node(place));
      const [first, ...others] = cluster.nodes.slice(0, options.started ?? options.nodes);
      // The first one makes the schema.
      await first?.server.start();
      await Promise.all(others.map(({ server }) => server.start()));
      cluster.#front = await options.front?.(cluster.nodes.map(({ server }) => `127.0.0.1:${server.port}`));
      return cluster;
    } catch (failure) {
      await cluster.dispose();
      throw failure;
    }
  }

  node(place: number): Node {
    const node = this.nodes[place];
    if (node === undefined) throw new Error(`node ${place} (expected: one of ${this.nodes.length})`);
    return node;
  }

  get running(): readonly Node[] {
    return this.nodes.filter(({ server }) => server.isRunning);
  }

  /** Where a client's connections go: to the balancer, or to a node of its own and on to the next one after each. */
  route(place: number): () => string {
    let attempt = -1;
    return () => {
      if (this.#front !== undefined) return this.#front.url;
      attempt += 1;
      const among = this.options.started === undefined ? this.nodes : this.running;
      return among[(place + attempt) % among.length]?.url ?? this.node(0).url;
    };
  }

  async newSession(): Promise<string> {
    const node = this.running[0] ?? this.node(0);
    return (await createSession(node.url, { name: 'Cluster', kind: 'scene', maxUsers: 200 })).sessionId;
  }

  /** All changes of a session, as one node reads them from the database. */
  async log(sessionId: string): Promise<readonly Logged[]> {
    const node = this.running[0] ?? this.node(0);
    const log: Logged[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '1000', ...(cursor !== undefined && { cursor }) });
      const answer = await fetch(`${node.url}/api/v1/sessions/${sessionId}/changes?${query}`);
      if (!answer.ok) throw new Error(`the log: ${answer.status} ${await answer.text()}`);
      const page = (await answer.json()) as { changes: readonly Pick<Logged, 'revision' | 'changeId'>[]; nextCursor?: string };
      for (const change of page.changes) {
        const { revision, changeId } = change;
        log.push({ revision, changeId, hash: hashOf(change) });
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return log;
  }

  /** The document as each running node answers it. */
  async documents(sessionId: string): Promise<readonly (Final & { readonly node: string })[]> {
    return Promise.all(
      this.running.map(async ({ name, url }) => {
        const { document } = await readDocument(url, sessionId);
        return { node: name, revision: document.revision, form: documentForm(document) };
      }),
    );
  }

  /** The ends of the logs of everything, for whoever has to find out what went wrong. */
  logs(): string {
    const nodes = this.nodes.map(({ name, server }) => `--- ${name}\n${withoutTraces(server.log).slice(-5000)}`);
    return [...nodes, `--- PostgreSQL\n${this.postgres.log.slice(-3000)}`].join('\n');
  }

  async dispose(): Promise<void> {
    await this.#front?.dispose();
    await Promise.all(this.nodes.map(({ server }) => server.dispose()));
    for (const { database, redis } of this.nodes) {
      database.close();
      redis?.close();
    }
    await this.redis?.dispose();
    await this.postgres.dispose();
  }

  async #node(place: number): Promise<Node> {
    const name = `n${place + 1}`;
    const database = await Link.to(this.postgres.port, () => new PostgresFraming(), this.random);
    const redis = this.redis && (await Link.to(this.redis.port, () => new RedisFraming(), this.random));
    const server = await ChoraleServer.create({
      port: await freePort(),
      startMs: START_MS,
      environment: {
        CHORALE_CLUSTER_ENABLED: 'true',
        CHORALE_CLUSTER_BUS: this.options.bus,
        CHORALE_CLUSTER_NODE: name,
        ...(redis && { CHORALE_CLUSTER_REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
        // Unencrypted, so that a link can tell notifications from answers.
        CHORALE_DB_URL: `jdbc:postgresql://127.0.0.1:${database.port}/chorale?sslmode=disable&gssEncMode=disable`,
        CHORALE_DB_USER: this.postgres.user,
        ...this.options.environment,
        ...this.options.environmentOf?.[place],
      },
    });
    return new Node(name, server, database, redis);
  }
}

function withoutTraces(log: string): string {
  return log.replace(/^\s+(?:at |\.\.\. \d+ more).*\n/gm, '');
}
