import { AccountFrame } from './AccountFrame';
import { entryMessages } from './entryMessages';
import { accountMessages as text } from './messages';
import { SignIn } from './SignIn';
import { Button } from '../ui/Button';

export interface SessionSignInProps {
  readonly sessionName: string | undefined;
  /** Whether somebody was signed in here a moment ago. */
  readonly ended: boolean;
  /** Edits of that person that the server does not have. */
  readonly pending: number;
  /** Takes part without an account; absent where that is not possible. */
  readonly onGuest: (() => void) | undefined;
}

/** Signing in at a session's own address, which then goes on with the session. */
export function SessionSignIn({ sessionName, ended, pending, onGuest }: SessionSignInProps) {
  return (
    <AccountFrame narrow>
      <div data-testid="session-sign-in" data-ended={ended} data-pending={pending}>
        <h1 className={ended ? 'account-title' : 'visually-hidden'}>{ended ? entryMessages.ended.title : text.signIn.title}</h1>
        {ended && <p className="account-intro">{entryMessages.ended.detail}</p>}
        {pending > 0 && (
          <p className="account-note" data-testid="unsent">
            {entryMessages.ended.pending(pending)}
          </p>
        )}
        <SignIn>
          {sessionName !== undefined && <p className="account-session">{sessionName}</p>}
          {sessionName === undefined && !ended && <p className="account-session">{text.signIn.continues}</p>}
        </SignIn>
        {onGuest && (
          <p className="account-other">
            <Button onClick={onGuest} data-testid="as-guest">
              {entryMessages.ended.asGuest}
            </Button>
          </p>
        )}
      </div>
    </AccountFrame>
  );
}
