import type { Branch } from '@chorale/client/history';

/** Each branch behind its parent, the oldest first. */
export function inTreeOrder(branches: readonly Branch[]): readonly Branch[] {
  const known = new Set(branches.map(({ name }) => name));
  const byAge = [...branches].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.name < b.name ? -1 : 1));
  const below = (parent: string | undefined): readonly Branch[] =>
    byAge.filter((branch) => parentAmong(branch, known) === parent).flatMap((branch) => [branch, ...below(branch.name)]);
  return below(undefined);
}

/** How many branches are between a branch and the first one. */
export function depthOf(branch: Branch, branches: readonly Branch[]): number {
  const parent = branches.find(({ name }) => name === branch.parent);
  return parent ? 1 + depthOf(parent, branches) : 0;
}

function parentAmong({ parent }: Branch, known: ReadonlySet<string>): string | undefined {
  return parent !== undefined && known.has(parent) ? parent : undefined;
}
