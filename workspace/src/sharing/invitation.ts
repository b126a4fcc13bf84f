const FRAGMENT = /^#invitation=([A-Za-z0-9_~.-]{1,512})$/;

/** The token of an invitation in an address: behind the #, since that is sent to no server and stands in no log. */
export function invitationIn(hash: string): string | undefined {
  return FRAGMENT.exec(hash)?.[1];
}

/** Takes a followed invitation out of the address, so that nobody copies it along with the link. */
export function forgetInvitation(): void {
  if (invitationIn(window.location.hash) === undefined) return;
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
}
