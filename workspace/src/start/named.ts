import { plain } from '../commands/matching';

/** Those whose name has every word of the query, whatever its case and accents. */
export function named<T extends { readonly name: string }>(sessions: readonly T[], query: string): readonly T[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return sessions.filter(({ name }) => words.every((word) => plain(name).includes(word)));
}
