import { Link } from '../app/router';
import { ACCOUNT_PATH } from '../app/routes';
import { Avatar } from '../presence/Avatar';
import { entryMessages as text } from './entryMessages';
import { useStanding } from './present';

/** The way to one's account, or to signing in. */
export function AccountButton() {
  const { user } = useStanding();
  if (!user) {
    return (
      <Link href={ACCOUNT_PATH} className="button button-quiet account-button" data-testid="sign-in-link">
        <span>{text.signIn}</span>
      </Link>
    );
  }
  return (
    <Link href={ACCOUNT_PATH} className="account-chip" aria-label={text.account(user.name)} data-testid="account-link">
      <Avatar name={user.name} color={user.color} picture={user.picture} />
      <span className="account-chip-name">{user.name}</span>
    </Link>
  );
}
