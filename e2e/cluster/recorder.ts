import type { ConnectionState, Session, WebSocketFactory } from '@chorale/client';
import { WebSocket } from 'ws';
import { hashOf, type Seen, type Tick } from './history.js';

type WithoutPlace = Seen extends infer S ? (S extends Seen ? Omit<S, 'at' | 'connection'> : never) : never;

/** What is looked at in the frames, of either side. */
interface AnyFrame {
  readonly type: string;
  readonly changes?: readonly { readonly changeId: string; readonly revision: number }[];
  readonly changeId?: string;
  readonly undoId?: string;
  readonly revision?: number;
  readonly resumedFrom?: number;
  readonly snapshot?: unknown;
  readonly problem?: { readonly type: string };
  readonly reason?: string;
}

/** One clock for all clients of this process. */
let ticks: Tick = 0;

/** Writes down what really went over a client's sockets, whatever the client makes of it. */
export class Recorder {
  readonly seen: Seen[] = [];
  /** By change id, as acknowledged. */
  readonly acknowledged = new Map<string, number>();
  /** By change id, as seen among everybody's changes. */
  readonly committed = new Map<string, number>();
  /** What a person would have been shown as an error. */
  readonly troubles: string[] = [];
  /** Where the present connection goes. */
  node = '';
  #connections = 0;

  /** @param route where the next connection goes, asked anew for each */
  constructor(private readonly route: () => string) {}

  /** For `connect`: sockets to where the route leads, each with its own place in the record. */
  readonly webSocket: WebSocketFactory = (address, protocols) => {
    const node = this.route();
    this.node = node;
    const { pathname } = new URL(address);
    const socket = new WebSocket(`${node.replace(/^http/, 'ws')}${pathname}`, protocols);
    this.#connections += 1;
    const connection = this.#connections;
    this.#note(connection, { what: 'opened', node });
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') this.#received(connection, JSON.parse(data) as AnyFrame);
    });
    const send = socket.send.bind(socket);
    socket.send = (data: Parameters<typeof send>[0]) => {
      if (typeof data === 'string') this.#sent(connection, JSON.parse(data) as AnyFrame);
      if (socket.readyState === WebSocket.OPEN) send(data);
    };
    return socket as unknown as ReturnType<WebSocketFactory>;
  };

  /** Notes what its client would tell a person: that an edit was refused, or that the session is over. */
  watch(session: Session): void {
    session.on('refused', ({ changeId, problem }) => this.troubles.push(`${changeId} refused: ${problem.type} ${problem.detail ?? ''}`));
    session.on('state', (state: ConnectionState) => {
      if (state === 'closed' && session.problem) this.troubles.push(`closed: ${session.problem.type} ${session.problem.detail ?? ''}`);
    });
  }

  #sent(connection: number, frame: AnyFrame): void {
    if (frame.type === 'submit') {
      for (const { changeId } of frame.changes ?? []) this.#note(connection, { what: 'submitted', changeId });
    } else if ((frame.type === 'undo' || frame.type === 'redo') && frame.undoId !== undefined) {
      this.#note(connection, { what: 'submitted', changeId: frame.undoId });
    } else if (frame.type === 'resync' && frame.revision !== undefined) {
      const what = frame.snapshot === true ? 'diverged' : 'asked';
      this.#note(connection, { what, revision: frame.revision });
    }
  }

  #received(connection: number, frame: AnyFrame): void {
    switch (frame.type) {
      case 'welcome':
      case 'snapshot':
        this.#note(connection, { what: 'has', revision: frame.resumedFrom ?? frame.revision ?? 0 });
        return;
      case 'accepted': {
        const { changeId = '', revision = 0 } = frame;
        this.acknowledged.set(changeId, revision);
        this.#note(connection, { what: 'accepted', changeId, revision });
        return;
      }
      case 'refused': {
        const problem = frame.problem?.type.split(/[/:]/).at(-1) ?? '';
        this.#note(connection, { what: 'refused', changeId: frame.changeId ?? '', problem });
        return;
      }
      case 'changes':
        for (const change of frame.changes ?? []) {
          const { changeId, revision } = change;
          this.committed.set(changeId, revision);
          this.#note(connection, { what: 'change', changeId, revision, hash: hashOf(change) });
        }
        return;
    }
  }

  #note(connection: number, seen: WithoutPlace): void {
    ticks += 1;
    this.seen.push({ ...seen, at: ticks, connection });
  }
}
