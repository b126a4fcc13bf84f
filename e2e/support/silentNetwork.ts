import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ChoraleServer } from './server.js';

/** A network between clients and a server that can go silent: it carries nothing any more, and nobody is told. */
export class SilentNetwork {
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();
  #silent = false;

  private constructor(private readonly server: ChoraleServer) {
    this.#listener = createServer((near) => {
      const far = connect(this.server.port, 'localhost');
      this.#carry(near, far);
      this.#carry(far, near);
    });
  }

  static async before(server: ChoraleServer): Promise<SilentNetwork> {
    const network = new SilentNetwork(server);
    await new Promise<void>((listening) => network.#listener.listen(0, 'localhost', listening));
    return network;
  }

  get url(): string {
    return `http://localhost:${(this.#listener.address() as AddressInfo).port}`;
  }

  /** From now on what either side sends stays here, its end included. */
  goSilent(): void {
    this.#silent = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** Carries again, and first what was held back. */
  comeBack(): void {
    this.#silent = false;
    for (const socket of this.#sockets) socket.resume();
  }

  close(): void {
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #carry(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    if (this.#silent) from.pause();
    from.on('data', (bytes) => to.write(bytes));
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => this.#sockets.delete(from));
  }
}
