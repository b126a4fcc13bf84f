import { connect, type JsonObject } from '@chorale/client';
import { Workspace } from './workspace';

/** A socket that never comes up: what is edited is there at once, and nobody else is. */
const NOWHERE = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };

/** An element of a workspace for tests. */
export interface Given {
  readonly id: string;
  readonly type?: string;
  readonly parent?: string;
  readonly props?: JsonObject;
  readonly refs?: readonly string[];
}

/** A workspace for tests, with elements in the order given; whoever makes it disposes of it. */
export function testWorkspace(...given: readonly Given[]): Workspace {
  const session = connect({ url: 'http://localhost', sessionId: 'scene', guest: { name: 'Ada', color: '#d98e04' }, webSocket: () => NOWHERE, storage: 'memory' });
  const workspace = new Workspace(session, false);
  for (const { id, type = 'box', parent = null, props = {}, refs } of given) {
    session.edit([{ op: 'create', id, elementType: type, parent, props: { name: id, ...props }, ...(refs && { refs }) }]);
  }
  return workspace;
}
