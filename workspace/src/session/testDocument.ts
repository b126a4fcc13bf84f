import type { DocumentView, ElementView, JsonObject } from '@chorale/client';

interface Given {
  readonly id: string;
  readonly elementType?: string;
  readonly parent?: string | null;
  readonly props?: JsonObject;
  readonly refs?: readonly string[];
}

/** A document for tests, of live elements in the order given. */
export function testDocument(...given: readonly Given[]): DocumentView {
  const elements = given.map(({ id, elementType = 'box', parent = null, props = {}, refs = [] }, index): ElementView => {
    return { id, elementType, parent, order: String(index), deleted: false, refs, props, texts: {}, lists: {}, sets: {} };
  });
  const byId = new Map(elements.map((element) => [element.id, element]));
  return {
    revision: 1,
    elements: byId,
    conflicts: new Map(),
    openConflict: () => undefined,
    live: (id) => byId.has(id),
    children: (parent) => elements.filter((element) => element.parent === parent),
  };
}
