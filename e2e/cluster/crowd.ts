import type { Session } from '@chorale/client';
import { seeded } from '../support/random.js';
import { check, type Violation } from './checker.js';
import type { Cluster } from './cluster.js';
import { Editor } from './editor.js';
import type { History, Logged } from './history.js';

const READY_MS = 30_000;
const SETTLE_MS = 45_000;
const LOOK_MS = 10;

export interface CrowdOptions {
  readonly editors: number;
  readonly seed: number;
  /** Edits a second of each. */
  readonly rate: number;
  /** Where the connections of the editor at a place go, where not as the cluster has it. */
  readonly route?: (place: number) => () => string;
}

/** Everybody in one session of a cluster. */
export class Crowd {
  readonly editors: Editor[] = [];
  #slowest = { ms: 0, answers: '' };

  private constructor(
    private readonly cluster: Cluster,
    readonly sessionId: string,
    private readonly random: () => number,
    private readonly rate: number,
    private readonly route: (place: number) => () => string,
  ) {}

  /** Joins everybody, the editors spread over the nodes, and has them edit. */
  static async gather(cluster: Cluster, { editors, seed, rate, route }: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(cluster, await cluster.newSession(), seeded(seed), rate, route ?? ((place) => cluster.route(place)));
    await crowd.grow(editors);
    return crowd;
  }

  /** So many more join, and edit. */
  async grow(editors: number): Promise<void> {
    const first = this.editors.length;
    const more = Array.from({ length: editors }, (_, index) => {
      const place = first + index;
      return new Editor(`e${place + 1}`, this.sessionId, this.route(place), seeded(this.random() * 2 ** 32));
    });
    this.editors.push(...more);
    await within(READY_MS, Promise.all(more.map(({ session }) => session.ready())), () => `not all came in: ${this.states()}`);
    for (const editor of more) editor.start(this.rate);
  }

  /** Somebody who is there and edits nothing, and is not in the history. */
  visitor(name: string, route: () => string): Editor {
    return new Editor(name, this.sessionId, route, this.random);
  }

  seenByAll(name: string): boolean {
    return this.editors.every(({ session }) => sees(session, name));
  }

  seenByNobody(name: string): boolean {
    return !this.editors.some(({ session }) => sees(session, name));
  }

  /** How many changes were acknowledged to anybody. */
  get acknowledged(): number {
    return this.editors.reduce((sum, { recorder }) => sum + recorder.acknowledged.size, 0);
  }

  /** What people would have been shown as errors. */
  get troubles(): readonly string[] {
    return this.editors.flatMap(({ name, recorder }) => recorder.troubles.map((trouble) => `${name}: ${trouble}`));
  }

  /** Whether anybody was refused for a reason. */
  sawRefusal(problem: string): boolean {
    return this.editors.some(({ recorder }) => recorder.seen.some((seen) => seen.what === 'refused' && seen.problem === problem));
  }

  /** Resolves when so many changes more were acknowledged. */
  async progress(changes: number, maxMs = SETTLE_MS): Promise<void> {
    const goal = this.acknowledged + changes;
    await this.until(() => this.acknowledged >= goal, maxMs, () => `${this.acknowledged} of ${goal} changes acknowledged`);
  }

  /**
   * Has everybody make an edit now, and waits until each was acknowledged and is seen by all; answers how long that took,
   * in milliseconds. Editing goes on meanwhile.
   */
  async recovers(maxMs = SETTLE_MS): Promise<number> {
    const began = performance.now();
    const probes = this.editors.map((editor) => ({ editor, changeId: editor.probe(), revision: 0, answeredMs: 0 }));
    await this.until(() => {
      for (const probe of probes) {
        const { acknowledged, committed } = probe.editor.recorder;
        if (probe.revision > 0) continue;
        probe.revision = acknowledged.get(probe.changeId) ?? committed.get(probe.changeId) ?? 0;
        probe.answeredMs = performance.now() - began;
      }
      const last = Math.max(...probes.map(({ revision }) => revision));
      return probes.every(({ revision, editor }) => revision > 0 && editor.session.document.revision >= last);
    }, maxMs, () => {
      const missing = probes.filter(({ revision }) => revision === 0).map(({ editor }) => editor.name);
      return `no answer for ${missing.join(', ') || 'nobody'}; ${this.states()}`;
    });
    const recoveryMs = performance.now() - began;
    if (recoveryMs > this.#slowest.ms) {
      const answers = probes.map(({ editor, answeredMs }) => `${editor.name} ${Math.round(answeredMs)} ms by ${editor.recorder.node}`);
      this.#slowest = { ms: recoveryMs, answers: answers.join('; ') };
    }
    return recoveryMs;
  }

  /** When the edits of the slowest {@link recovers} were answered, and by which node. */
  get slowest(): string {
    return this.#slowest.answers;
  }

  /** Ends the editing, waits until nothing is pending anywhere, and answers what is wrong with the history. */
  async verdict(): Promise<Verdict> {
    for (const editor of this.editors) editor.stop();
    await within(SETTLE_MS, Promise.all(this.editors.map(({ session }) => session.idle())), () => `not settled: ${this.states()}`);
    const log = await this.cluster.log(this.sessionId);
    const head = log.at(-1)?.revision ?? 0;
    await this.until(
      () => this.editors.every(({ session }) => session.document.revision >= head), SETTLE_MS, () => `head ${head}; ${this.states()}`,
    );
    return this.#judged(log);
  }

  /** As {@link verdict}, at once, whatever is still on its way: where something is surely wrong. */
  async verdictNow(): Promise<Verdict> {
    for (const editor of this.editors) editor.stop();
    return this.#judged(await this.cluster.log(this.sessionId));
  }

  async #judged(log: readonly Logged[]): Promise<Verdict> {
    const head = log.at(-1)?.revision ?? 0;
    const nodes = await this.#documentsAt(head);
    const history: History = { clients: this.editors.map((editor) => editor.record()), log, nodes };
    return { history, violations: check(history), acknowledged: this.acknowledged, head };
  }

  /** What the nodes answer: a node may hear of the last changes a moment later than the clients of another. */
  async #documentsAt(head: number): Promise<History['nodes']> {
    const end = performance.now() + SETTLE_MS;
    let nodes = await this.cluster.documents(this.sessionId);
    while (nodes.some(({ revision }) => revision < head) && performance.now() < end) {
      await new Promise((again) => setTimeout(again, 10 * LOOK_MS));
      nodes = await this.cluster.documents(this.sessionId);
    }
    return nodes;
  }

  leave(): void {
    for (const editor of this.editors) {
      editor.stop();
      editor.session.close();
    }
  }

  /** How everybody stands, in one line. */
  states(): string {
    return this.editors
      .map(({ name, session }) => `${name} ${session.state} at ${session.document.revision}, ${session.pendingChanges} pending`)
      .join('; ');
  }

  async until(condition: () => boolean, maxMs: number, otherwise: () => string): Promise<void> {
    const end = performance.now() + maxMs;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`after ${maxMs} ms: ${otherwise()}`);
      await new Promise((again) => setTimeout(again, LOOK_MS));
    }
  }
}

export interface Verdict {
  readonly history: History;
  readonly violations: readonly Violation[];
  readonly acknowledged: number;
  readonly head: number;
}

function sees({ participants }: Session, name: string): boolean {
  return [...participants.values()].some((participant) => participant.name === name);
}

async function within<T>(maxMs: number, outcome: Promise<T>, otherwise: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`after ${maxMs} ms: ${otherwise()}`)), maxMs);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
