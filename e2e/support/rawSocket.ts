import type { CommittedChange } from '@chorale/client';
import { WebSocket } from 'ws';
import { violation } from './schemas.js';
import type { ChoraleServer } from './server.js';

/** What the tests look at in the server's frames. */
export type Frame =
  | { readonly type: 'welcome'; readonly revision: number; readonly resumedFrom?: number; readonly snapshot?: unknown }
  | { readonly type: 'changes'; readonly from: number; readonly to: number; readonly changes: readonly CommittedChange[] }
  | { readonly type: 'accepted'; readonly changeId: string; readonly revision: number }
  | { readonly type: 'bye'; readonly reason: string; readonly reconnect: boolean; readonly retryAfter?: number };

type FrameOf<T extends Frame['type']> = Extract<Frame, { readonly type: T }>;

/** A socket without a client library: what the server really said, in its order. What is not as documented fails the test. */
export class RawSocket {
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #unread: Frame[] = [];
  #news: () => void = () => undefined;
  #isClosed = false;
  #violation: string | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code) => {
        this.#isClosed = true;
        this.#news();
        resolve(code);
      });
    });
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as Frame;
      this.#violation ??= violation('server', frame);
      this.#unread.push(frame);
      this.#news();
    });
  }

  /** Opens a socket and says hello. */
  static async hello(server: ChoraleServer, sessionId: string, revision?: number): Promise<RawSocket> {
    const socket = new WebSocket(`ws://localhost:${server.port}/ws/v1/sessions/${sessionId}`, 'chorale.v1');
    const raw = new RawSocket(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const guest = { name: 'Reader', color: '#808080' };
    const hello = { type: 'hello', guest, clientId: 'reader', ...(revision !== undefined && { revision }) };
    raw.#violation ??= violation('client', hello);
    socket.send(JSON.stringify(hello));
    return raw;
  }

  send(frame: { readonly type: string; readonly [field: string]: unknown }): void {
    this.#violation ??= violation('client', frame);
    this.#socket.send(JSON.stringify(frame));
  }

  /** The next frame of one of some types; frames of other types before it are passed over. */
  async next<T extends Frame['type']>(...types: readonly T[]): Promise<FrameOf<T>> {
    for (;;) {
      this.#requireAsDescribed();
      const frame = this.#unread.shift();
      if (frame !== undefined && isOf(types, frame)) return frame;
      if (frame !== undefined) continue;
      if (this.#isClosed) throw new Error(`closed with ${await this.closed} before ${types.join(' or ')} came`);
      await new Promise<void>((resolve) => (this.#news = resolve));
    }
  }

  close(): void {
    this.#socket.close();
    this.#requireAsDescribed();
  }

  #requireAsDescribed(): void {
    if (this.#violation !== undefined) throw new Error(this.#violation);
  }
}

function isOf<T extends Frame['type']>(types: readonly T[], frame: Frame): frame is FrameOf<T> {
  return types.some((type) => type === frame.type);
}

/** All changes that a session ever had, as somebody gets them who resumes from the empty document [RES-1]. */
export async function readLog(server: ChoraleServer, sessionId: string): Promise<readonly CommittedChange[]> {
  const socket = await RawSocket.hello(server, sessionId, 0);
  const { revision: head } = await socket.next('welcome');
  const log: CommittedChange[] = [];
  while (log.length < head) log.push(...(await socket.next('changes')).changes);
  socket.close();
  return log;
}
