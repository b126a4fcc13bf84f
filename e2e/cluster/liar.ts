import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

interface AnyFrame {
  readonly type: string;
  readonly to?: number;
  readonly revision?: number;
  readonly changes?: readonly { readonly changeId: string }[];
}

/** A bug to be found: it stands before a node, and now and then acknowledges a submit that it does not pass on. */
export class Liar {
  readonly #http: Server = createServer((_, response) => response.writeHead(404).end());
  readonly #sockets = new Set<WebSocket>();
  /** The changes that it lied about. */
  readonly lies: string[] = [];

  private constructor(
    private readonly target: string,
    private readonly lieAt: number,
  ) {
    const server = new WebSocketServer({ server: this.#http, handleProtocols: ([first]) => first ?? false });
    server.on('connection', (near, { url }) => this.#carry(near, url ?? '/'));
  }

  /**
   * @param target the node's address
   * @param lieAt the how-manieth submit is lied about
   */
  static async before(target: string, lieAt: number): Promise<Liar> {
    const liar = new Liar(target, lieAt);
    await new Promise<void>((listening) => liar.#http.listen(0, '127.0.0.1', listening));
    return liar;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#http.close();
  }

  #carry(near: WebSocket, path: string): void {
    const far = new WebSocket(`${this.target.replace(/^http/, 'ws')}${path}`, 'chorale.v1');
    const early: string[] = [];
    let revision = 0;
    let submits = 0;
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.terminate());
    }
    far.on('open', () => {
      for (const text of early) far.send(text);
    });
    far.on('message', (data) => {
      const frame = parsed(data);
      revision = Math.max(revision, frame.to ?? 0, frame.type === 'welcome' ? (frame.revision ?? 0) : 0);
      near.send(textOf(data));
    });
    near.on('message', (data) => {
      const frame = parsed(data);
      submits += frame.type === 'submit' ? 1 : 0;
      if (frame.type === 'submit' && submits === this.lieAt) {
        for (const { changeId } of frame.changes ?? []) {
          revision += 1;
          this.lies.push(changeId);
          near.send(JSON.stringify({ type: 'accepted', changeId, revision, notes: [] }));
        }
      } else if (far.readyState === WebSocket.CONNECTING) early.push(textOf(data));
      else if (far.readyState === WebSocket.OPEN) far.send(textOf(data));
    });
    near.on('close', () => far.close());
    far.on('close', () => near.close());
  }
}

function parsed(data: RawData): AnyFrame {
  return JSON.parse(textOf(data)) as AnyFrame;
}

function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]).toString('utf8');
}
