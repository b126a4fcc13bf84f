import type { Person } from '@chorale/client/account';

/** Ids of people with an account begin so; guests' do not. */
const ACCOUNT = 'u-';
const MOST_RECENT = 8;

/** Whom one may want to add: those who are here, and those whom one met lately, each once, and none who is a contact already. */
export function suggestions(
  contacts: readonly Person[],
  present: readonly Person[],
  recent: readonly Person[],
): { readonly here: readonly Person[]; readonly recent: readonly Person[] } {
  const known = new Set(contacts.map(({ userId }) => userId));
  const fresh = ({ userId }: Person) => {
    if (known.has(userId) || !userId.startsWith(ACCOUNT)) return false;
    known.add(userId);
    return true;
  };
  const here = present.filter(fresh);
  return { here, recent: recent.filter(fresh).slice(0, MOST_RECENT) };
}
