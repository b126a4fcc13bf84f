/** What somebody may do who follows a link of an administrator, or the one that a new server prints. */
export interface AccountLink {
  readonly purpose: 'setup' | 'invitation' | 'reset';
  readonly token: string;
}

const LINK = /^#(setup|invitation|reset)=([\w-]+)$/;

/** The link that an address's fragment is; on the start page alone: a session has invitations of its own. */
export function accountLink(fragment: string): AccountLink | undefined {
  const [, purpose, token] = LINK.exec(fragment) ?? [];
  return token === undefined ? undefined : { purpose: purpose as AccountLink['purpose'], token };
}
