import { branchWords } from './dialogMessages';

const NAME = /^\p{L}(?:[\p{L}\p{M}\p{Nd} ._-]{0,62}[\p{L}\p{M}\p{Nd}._-])?$/u;
const VERSION = /^v\d+$/i;

/** Why a branch cannot have this name, in words; undefined where it can. */
export function nameFault(name: string): string | undefined {
  if (VERSION.test(name)) return branchWords.nameLikeVersion;
  return NAME.test(name) ? undefined : branchWords.nameInvalid;
}
