/** The branch that every session has. */
export const MAIN = 'main';

const PARAMETER = 'branch';

/** The branch that an address names; `main` where it names none. */
export function branchIn(search: string): string {
  return new URLSearchParams(search).get(PARAMETER)?.trim() || MAIN;
}

/** What names a branch in an address; nothing for `main`. */
export function branchQuery(branch: string): string {
  return branch === MAIN ? '' : `?${new URLSearchParams({ [PARAMETER]: branch }).toString()}`;
}
