import { connect, documentForm, documentHash } from '@chorale/client';
import { WebSocket } from 'ws';
import { CLIENT_PREFIX } from './frameScan.mjs';

/** @typedef {import('./lightClient.mjs').Target} Target */
/** @typedef {import('./lightClient.mjs').Operation} Operation */
/** @typedef {import('./lightClient.mjs').Events} Events */

/** Somebody with Chorale's own client, who folds everything and holds the document. */
export class FullClient {
  #session;

  /** @param {Target} target @param {number} index @param {Events} [events] */
  constructor({ host, port, sessionId }, index, events = {}) {
    this.clientId = `${CLIENT_PREFIX}${index}`;
    this.#session = connect({
      url: `http://${host}:${port}`,
      sessionId,
      guest: { name: `Bench ${index}`, color: '#808080', secret: `bench-secret-${index}`.padEnd(24, '-') },
      clientId: this.clientId,
      webSocket: (url, protocols) =>
        /** @type {import('@chorale/client').WebSocketLike} */ (
          /** @type {unknown} */ (new WebSocket(url, protocols, { perMessageDeflate: false }))
        ),
    });
    this.#session.on('changes', (changes) => {
      const now = performance.now();
      for (const { changeId } of changes) {
        const [client = '', number] = changeId.split(':');
        if (client.startsWith(CLIENT_PREFIX)) events.onChange?.(Number(client.slice(CLIENT_PREFIX.length)), Number(number), now);
      }
    });
    this.#session.on('accepted', ({ changeId }) => {
      events.onAccepted?.(Number(changeId.slice(this.clientId.length + 1)), performance.now());
    });
    this.#session.on('refused', ({ problem }) => events.onError?.(`${this.clientId}: ${JSON.stringify(problem)}`));
    this.#session.on('problem', (problem) => events.onError?.(`${this.clientId}: ${JSON.stringify(problem)}`));
    this.#session.on('state', (state) => {
      if (state === 'offline' || state === 'closed') events.onClose?.(0, state, performance.now());
    });
  }

  /** Resolves when the document is here. */
  async join() {
    await this.#session.ready();
  }

  get revision() {
    return this.#session.document.revision;
  }

  get pending() {
    return this.#session.pendingChanges;
  }

  /** @param {readonly Operation[]} operations */
  edit(operations) {
    this.#session.edit(/** @type {import('@chorale/client').Operation[]} */ (/** @type {unknown} */ (operations)));
  }

  /** @param {Record<string, unknown>} state */
  aware(state) {
    this.#session.setAwareness(/** @type {import('@chorale/client').JsonObject} */ (state));
  }

  /** The participants' states by their names. */
  get statuses() {
    return new Map([...this.#session.participants.values()].map(({ name, status }) => [name, status]));
  }

  /** The document's canonical text [DOC-10]. */
  get form() {
    return documentForm(this.#session.document);
  }

  get hash() {
    return documentHash(this.#session.document);
  }

  get elements() {
    return this.#session.document.elements.size;
  }

  close() {
    this.#session.close();
  }
}
