import type { DocumentView, ElementView, JsonObject } from '@chorale/client';
import type { Difference } from '@chorale/client/history';

/** The document with what another branch made besides: whoever is not on that branch reads its name all the same. */
export function named(document: DocumentView, differences: readonly Difference[]): DocumentView {
  const elements = new Map(document.elements);
  for (const { element, elementType } of differences) {
    if (!elements.has(element)) elements.set(element, stub(element, elementType, propertiesIn(differences, element)));
  }
  return { ...document, elements, live: (id) => document.live(id), children: (parent) => document.children(parent), openConflict: (id, path) => document.openConflict(id, path) };
}

function propertiesIn(differences: readonly Difference[], id: string): JsonObject {
  const told = differences.filter(({ element, cell, name, after }) => element === id && cell === 'property' && name !== undefined && after !== undefined);
  return Object.fromEntries(told.map(({ name, after }) => [name, after])) as JsonObject;
}

function stub(id: string, elementType: string, props: JsonObject): ElementView {
  return { id, elementType, parent: null, order: '', deleted: false, refs: [], props, texts: {}, lists: {}, sets: {} };
}
