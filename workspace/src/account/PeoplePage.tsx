import {
  administerUser,
  eraseUser,
  inviteUser,
  listUsers,
  makeResetLink,
  type AccountOfUser,
  type OneTimeLink,
} from '@chorale/client/account';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { Avatar } from '../presence/Avatar';
import { named } from '../start/named';
import { Button, IconButton } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { Popover } from '../ui/Popover';
import { AccountEvents } from './AccountEvents';
import { Choice } from './Choice';
import { FormError } from './FormError';
import { accountMessages, atMoment } from './messages';
import { account, useStanding } from './present';
import { wordsFor } from './problemWords';
import { Search } from './Search';
import { SecretField } from './SecretField';
import { useDoing } from './useDoing';

const text = accountMessages.admin;
const TABS = ['people', 'events'] as const;
const PAGE = 100;
const origin = () => window.location.origin;

type Open =
  | { readonly dialog: 'link'; readonly title: string; readonly detail: string; readonly link: OneTimeLink }
  | { readonly dialog: 'erase'; readonly person: AccountOfUser };

/** Everybody with an account on this server, for its administrators. */
export function PeoplePage() {
  const [tab, setTab] = useState<(typeof TABS)[number]>('people');
  const people = usePeople();
  return (
    <div data-testid="people-page">
      <header className="account-head">
        <div className="account-who">
          <h1>{text.title}</h1>
        </div>
        <Choice label={text.title} options={TABS} names={text.tabs} value={tab} onChange={setTab} testId="people-tabs" hideLabel />
      </header>
      {tab === 'people' ? <People people={people} /> : <AccountEvents names={namesOf(people.people)} />}
    </div>
  );
}

function namesOf(people: readonly AccountOfUser[]): ReadonlyMap<string, string> {
  return new Map(people.map(({ userId, name }) => [userId, name]));
}

interface Known {
  readonly people: readonly AccountOfUser[];
  readonly failure: string | undefined;
  /** Takes over what an account is now, or that it is gone. */
  readonly became: (userId: string, person: AccountOfUser | undefined) => void;
}

/** All accounts, read page by page: a server has as many as a person can look through, and a search wants all of them. */
function usePeople(): Known {
  const [people, setPeople] = useState<readonly AccountOfUser[]>([]);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let left = false;
    const readAll = async () => {
      let cursor: string | undefined;
      do {
        const page = await listUsers(origin(), await account.token(), { limit: PAGE, ...(cursor !== undefined && { cursor }) });
        if (left) return;
        setPeople((known) => [...(cursor === undefined ? [] : known), ...page.users]);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
    };
    readAll().catch((problem: unknown) => {
      if (!left) setFailure(wordsFor(problem));
    });
    return () => {
      left = true;
    };
  }, []);
  const became = useCallback((userId: string, person: AccountOfUser | undefined) => {
    setPeople((known) => known.flatMap((each) => (each.userId === userId ? (person ? [person] : []) : [each])));
  }, []);
  return { people, failure, became };
}

function People({ people: { people, failure, became } }: { readonly people: Known }) {
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<Open>();
  const doing = useDoing();
  const searched = named(
    people.map((person) => ({ person, name: `${person.name} ${person.login ?? ''}` })),
    query,
  );
  const found = [...searched].sort((one, other) => one.name.localeCompare(other.name));
  const close = () => setOpen(undefined);
  const invite = () =>
    doing.run(async () => setOpen({ dialog: 'link', title: text.inviteTitle, detail: text.inviteDetail, link: await inviteUser(origin(), await account.token()) }));
  const reset = ({ userId, name }: AccountOfUser) =>
    doing.run(async () => setOpen({ dialog: 'link', title: text.resetTitle(name), detail: text.resetDetail, link: await makeResetLink(origin(), await account.token(), userId) }));
  const change = ({ userId }: AccountOfUser, to: { readonly disabled?: boolean; readonly administrator?: boolean }) =>
    doing.run(async () => {
      const person = await administerUser(origin(), await account.token(), userId, to);
      became(userId, person);
      if (account.user?.userId === userId) account.become({ ...account.user, administrator: person.administrator });
    });
  return (
    <>
      <div className="people-tools">
        <Search label={text.search} placeholder={text.searchPlaceholder} value={query} onChange={setQuery} testId="people-search" />
        <Button tone="primary" icon="plus" disabled={doing.busy} onClick={() => void invite()} data-testid="invite">
          {text.invite}
        </Button>
      </div>
      <FormError>{failure ?? doing.failure}</FormError>
      <ul className="account-list" data-testid="people">
        {found.map(({ person }) => (
          <PersonRow key={person.userId} person={person}>
            {(done) => (
              <>
                {person.login !== undefined && <MenuItem icon="link" label={text.reset} testId="person-reset" onClick={() => done(() => void reset(person))} />}
                <MenuItem
                  icon={person.disabled ? 'unlock' : 'lock'}
                  label={person.disabled ? text.enable : text.disable}
                  testId="person-disable"
                  onClick={() => done(() => void change(person, { disabled: !person.disabled }))}
                />
                <MenuItem
                  icon="person"
                  label={person.administrator ? text.demote : text.promote}
                  testId="person-administrator"
                  onClick={() => done(() => void change(person, { administrator: !person.administrator }))}
                />
                <hr className="menu-rule" />
                <MenuItem icon="trash" danger label={text.erase} testId="person-erase" onClick={() => done(() => setOpen({ dialog: 'erase', person }))} />
              </>
            )}
          </PersonRow>
        ))}
        {found.length === 0 && people.length > 0 && <li className="list-none">{text.none}</li>}
      </ul>
      {open?.dialog === 'link' && <LinkDialog {...open} onClose={close} />}
      {open?.dialog === 'erase' && <EraseDialog person={open.person} onClose={close} onDone={() => became(open.person.userId, undefined)} />}
    </>
  );
}

function PersonRow({ person: { userId, name, color, login, administrator, disabled }, children }: { readonly person: AccountOfUser; readonly children: (done: (then: () => void) => void) => ReactNode }) {
  const { user } = useStanding();
  return (
    <li className="account-row" data-testid="person" data-login={login} data-disabled={disabled}>
      <Avatar name={name} color={color} />
      <span className="account-row-text">
        <strong>
          {name}
          {user?.userId === userId && ` (${text.you})`}
        </strong>
        <span>{login ?? text.noLogin}</span>
      </span>
      {administrator && <span className="badge">{text.administrator}</span>}
      {disabled && <span className="badge badge-muted">{text.disabled}</span>}
      <Popover label={text.actions(name)} trigger={(props) => <IconButton {...props} icon="more" label={text.actions(name)} hint="none" data-testid="person-menu" />}>
        {(close) => (
          <div className="menu">
            {children((then) => {
              close();
              then();
            })}
          </div>
        )}
      </Popover>
    </li>
  );
}

function MenuItem({ icon, label, onClick, testId, danger = false }: { readonly icon: 'link' | 'lock' | 'unlock' | 'person' | 'trash'; readonly label: string; readonly onClick: () => void; readonly testId: string; readonly danger?: boolean }) {
  return (
    <button type="button" className={danger ? 'menu-item menu-danger' : 'menu-item'} onClick={onClick} data-testid={testId}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

function LinkDialog({ title, detail, link: { link, expiresAt }, onClose }: { readonly title: string; readonly detail: string; readonly link: OneTimeLink; readonly onClose: () => void }) {
  return (
    <Dialog title={title} onDismiss={onClose} testId="link-dialog">
      <p className="dialog-lead">
        {detail} {text.until(atMoment(expiresAt))}
      </p>
      <SecretField label={title} value={link} copy={text.copyLink} copied={text.copied} testId="one-time-link" />
      <div className="dialog-actions">
        <Button tone="primary" onClick={onClose}>
          {text.done}
        </Button>
      </div>
    </Dialog>
  );
}

function EraseDialog({ person, onClose, onDone }: { readonly person: AccountOfUser; readonly onClose: () => void; readonly onDone: () => void }) {
  const { busy, failure, run } = useDoing();
  const erase = async () => {
    if (!(await run(async () => eraseUser(origin(), await account.token(), person.userId)))) return;
    onClose();
    onDone();
  };
  return (
    <Dialog title={text.eraseTitle(person.name)} onDismiss={onClose} testId="person-erase-dialog">
      <p className="dialog-lead">{text.eraseDetail}</p>
      <FormError>{failure}</FormError>
      <div className="dialog-actions">
        <Button onClick={onClose} autoFocus>
          {accountMessages.cancel}
        </Button>
        <Button tone="danger" disabled={busy} onClick={() => void erase()} data-testid="person-erase-confirm">
          {text.eraseConfirm}
        </Button>
      </div>
    </Dialog>
  );
}
