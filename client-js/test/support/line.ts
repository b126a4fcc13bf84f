import type { ServerConnection } from './fakeServer.js';
import type { FakeSocket } from './fakeSocket.js';

/** A connection whose frames wait until the test delivers them, in order, in each direction. */
export class Line implements ServerConnection {
  readonly toServer: string[] = [];
  readonly toClient: string[] = [];
  open = true;

  constructor(
    readonly participantId: string,
    readonly userId: string,
    readonly socket: FakeSocket,
  ) {
    socket.onSend = (text) => {
      if (this.open) this.toServer.push(text);
    };
    socket.onClose = () => {
      this.open = false;
      this.toClient.length = 0;
    };
  }

  send(frame: object): void {
    if (this.open) this.toClient.push(JSON.stringify(frame));
  }
}
