import { connect, diffTexts, documentForm, type Operation, type Session } from '@chorale/client';
import { pick } from '../support/random.js';
import type { ClientRecord } from './history.js';
import { Recorder } from './recorder.js';

/** Who is without an answer for long does not pile up edits without an end. */
const MOST_PENDING = 8;
const MOST_ELEMENTS = 60;
const LONGEST_TEXT = 200;
const TEXT = 'notes';
const WORDS = ['wall', 'roof', 'door', 'ä', '🙂', ' ', 'window sill'];

/** What an editor may do, and how often compared with the others. */
const DEEDS = [
  { deed: 'create', weight: 12 },
  { deed: 'set', weight: 42 },
  { deed: 'text', weight: 26 },
  { deed: 'delete', weight: 7 },
  { deed: 'undo', weight: 8 },
  { deed: 'several', weight: 5 },
] as const;
const WEIGHTS = DEEDS.reduce((sum, { weight }) => sum + weight, 0);

/** Somebody who edits at random, and whose client's frames are all written down. */
export class Editor {
  readonly recorder: Recorder;
  readonly session: Session;
  #created = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param route where the next connection goes, asked anew for each */
  constructor(
    readonly name: string,
    sessionId: string,
    route: () => string,
    private readonly random: () => number,
  ) {
    this.recorder = new Recorder(route);
    this.session = connect({
      url: 'http://chorale.invalid',
      sessionId,
      clientId: name,
      guest: { name, color: '#2f74c0', secret: `${name}-${'secret'.repeat(4)}` },
      maxReconnectDelayMs: 1_000,
      compression: false,
      storage: 'memory',
      webSocket: this.recorder.webSocket,
    });
    this.recorder.watch(this.session);
  }

  /** Edits so often a second until {@link stop}, the pauses between by chance. */
  start(perSecond: number): void {
    const pause = (): number => (1000 / perSecond) * (0.5 + this.random());
    const next = (): void => {
      if (this.session.pendingChanges < MOST_PENDING) this.#edit();
      this.#timer = setTimeout(next, pause());
    };
    this.#timer = setTimeout(next, pause());
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** An edit whose way is watched; answers its change id. */
  probe(): string {
    return this.session.edit([this.#create()]);
  }

  /** What it saw, with the document that it has now. */
  record(): ClientRecord {
    const { document } = this.session;
    return { client: this.name, seen: this.recorder.seen, final: { revision: document.revision, form: documentForm(document) } };
  }

  #edit(): void {
    if (this.session.state === 'closed') return;
    const deed = this.#deed();
    if (deed === 'undo') this.session.undo();
    else this.session.edit(this.#operations(deed));
  }

  #deed(): (typeof DEEDS)[number]['deed'] {
    let left = this.random() * WEIGHTS;
    for (const { deed, weight } of DEEDS) {
      left -= weight;
      if (left < 0) return deed;
    }
    return 'set';
  }

  #operations(deed: 'create' | 'set' | 'text' | 'delete' | 'several'): readonly Operation[] {
    const { document } = this.session;
    const live = [...document.elements.keys()].filter((id) => document.live(id)).sort();
    if (live.length < 3 || (deed === 'create' && live.length < MOST_ELEMENTS)) return [this.#create()];
    const id = pick(this.random, live);
    switch (deed) {
      case 'text':
        return [this.#type(id)];
      case 'delete':
        return [{ op: 'delete', id }];
      case 'several':
        return [this.#set(id), this.#set(pick(this.random, live)), this.#create()];
      case 'create':
      case 'set':
        return [this.#set(id)];
    }
  }

  #create(): Operation {
    this.#created += 1;
    const props = { position: [0, 0.5, 0], name: `${this.name} ${this.#created}` };
    return { op: 'create', id: `${this.name}-${this.#created}`, elementType: 'box', parent: null, props };
  }

  #set(id: string): Operation {
    const number = Math.round(this.random() * 1000) / 100;
    return pick<Operation>(this.random, [
      { op: 'set', id, path: ['position'], value: [number, 0.5, -number] },
      { op: 'set', id, path: ['position', 1], value: number },
      { op: 'set', id, path: ['name'], value: `Box ${number}` },
      { op: 'set', id, path: ['color'], value: `#${Math.floor(this.random() * 0xffffff).toString(16).padStart(6, '0')}` },
    ]);
  }

  #type(id: string): Operation {
    const before = this.session.document.elements.get(id)?.texts[TEXT] ?? '';
    const letters = Array.from(before);
    const at = Math.floor(this.random() * (letters.length + 1));
    const takes = letters.length > LONGEST_TEXT ? 40 : this.random() < 0.3 ? 3 : 0;
    const after = [...letters.slice(0, at), pick(this.random, WORDS), ...letters.slice(at + takes)].join('');
    return { op: 'text', id, name: TEXT, edit: diffTexts(before, after) };
  }
}
