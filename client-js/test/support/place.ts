import { vi } from 'vitest';
import { connect, type Guest, type Session, type SessionEvents } from '../../src/index.js';
import { Disk, type Tab } from './disk.js';
import { FakeServer, type Refusal, type Setting } from './fakeServer.js';
import { FakeSocket } from './fakeSocket.js';
import { Line } from './line.js';

export const ADA: Guest = { name: 'Ada', color: '#336699', secret: 'ada-0123456789abcdef' };
export const BEN: Guest = { name: 'Ben', color: '#993366', secret: 'ben-0123456789abcdef' };

/** A page that is in the session. */
export interface Page {
  readonly session: Session;
  readonly tab: Tab;
  heard<E extends keyof SessionEvents>(event: E): SessionEvents[E][];
  /** Ends the page as a crash does. */
  kill(): void;
}

/** A server, a browser, and the wire between them. Timers are the test's. */
export class Place {
  online = true;
  refuses: (changeId: string) => Refusal | undefined = () => undefined;
  readonly server: FakeServer;
  readonly lines: Line[] = [];
  readonly disk = new Disk();
  readonly #sessions: Session[] = [];

  constructor(setting: Setting = {}) {
    this.server = new FakeServer({ ...setting, refuses: (changeId) => this.refuses(changeId) });
  }

  async open(clientId: string, guest = ADA, tab = this.disk.tab()): Promise<Page> {
    let line: Line | undefined;
    const session = connect({
      url: 'http://localhost',
      sessionId: 'S1',
      guest,
      clientId,
      storage: tab,
      webSocket: (url, protocols) => {
        const socket = new FakeSocket(url, protocols);
        if (!tab.alive) return socket;
        const opened = new Line(clientId, `u-${guest.name}`, socket);
        line = opened;
        this.lines.push(opened);
        setTimeout(() => {
          if (this.online) socket.opened();
          else socket.ends(1006);
        }, 1);
        return socket;
      },
    });
    this.#sessions.push(session);
    const payloads = new Map<keyof SessionEvents, unknown[]>();
    for (const event of ['synced', 'problem', 'refused', 'conflicted', 'overwritten', 'conflict', 'chat'] as const) {
      payloads.set(event, []);
      session.on(event, (payload) => payloads.get(event)?.push(payload));
    }
    await this.pass(50);
    return {
      session,
      tab,
      heard: <E extends keyof SessionEvents>(event: E) => payloads.get(event) as SessionEvents[E][],
      kill: () => {
        tab.kill();
        if (line?.open) {
          line.open = false;
          line.toClient.length = 0;
          this.server.disconnect(line);
        }
      },
    };
  }

  /** Lets frames arrive; without `delivering` they stay where they are. */
  async pass(milliseconds: number, delivering = true): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 10) {
      await vi.advanceTimersByTimeAsync(10);
      if (delivering) while (this.deliver());
    }
  }

  deliver(): boolean {
    const line = this.lines.find((each) => each.toServer.length > 0 || each.toClient.length > 0);
    const up = line?.toServer.shift();
    if (line && up !== undefined) this.server.receive(line, up);
    const down = line?.toClient.shift();
    if (down !== undefined) line?.socket.receives(down);
    return line !== undefined;
  }

  /** Lets the server hear what a line holds, and nobody hear the answer. */
  arrives({ toServer }: Line): void {
    const line = this.lines.find((each) => each.toServer === toServer);
    for (const text of toServer.splice(0)) if (line) this.server.receive(line, text);
  }

  goOffline(): void {
    this.online = false;
    for (const line of this.lines.filter((each) => each.open)) {
      line.open = false;
      line.toClient.length = 0;
      line.toServer.length = 0;
      this.server.disconnect(line);
      line.socket.ends(1006);
    }
  }

  committed(changeId: string): number {
    return this.server.log.filter((change) => change.changeId === changeId).length;
  }

  end(): void {
    for (const session of this.#sessions) session.close();
  }
}
