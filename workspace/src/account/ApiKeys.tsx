import { listApiKeys, makeApiKey, revokeApiKey, type ApiKey, type KeyScope, type NewApiKey } from '@chorale/client/account';
import { useCallback, useEffect, useId, useState, type FormEvent } from 'react';
import { relativeTime } from '../app/messages';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Field';
import { Choice } from './Choice';
import { FormError } from './FormError';
import { accountMessages, onDay } from './messages';
import { account } from './present';
import { wordsFor } from './problemWords';
import { Section } from './Section';
import { SecretField } from './SecretField';
import { useDoing } from './useDoing';

const text = accountMessages.own.keys;
const DAY_MS = 24 * 60 * 60 * 1000;
const EXPIRIES = ['30', '90', '365', 'never'] as const;
const origin = () => window.location.origin;

type Open = { readonly dialog: 'make' } | { readonly dialog: 'revoke'; readonly key: ApiKey };

/** The keys by which programs act as oneself. */
export function ApiKeys({ administrator }: { readonly administrator: boolean }) {
  const [keys, setKeys] = useState<readonly ApiKey[]>();
  const [failure, setFailure] = useState<string>();
  const [open, setOpen] = useState<Open>();
  const read = useCallback(async () => {
    try {
      setKeys(await listApiKeys(origin(), await account.token()));
      setFailure(undefined);
    } catch (problem) {
      setFailure(wordsFor(problem));
    }
  }, []);
  useEffect(() => void read(), [read]);
  const close = () => {
    setOpen(undefined);
    void read();
  };
  return (
    <Section title={text.title} detail={text.detail} testId="keys">
      <FormError>{failure}</FormError>
      {keys?.length === 0 && <p className="account-none">{text.none}</p>}
      {keys !== undefined && keys.length > 0 && (
        <ul className="account-list" data-testid="api-keys">
          {keys.map((key) => (
            <li key={key.id} className="account-row" data-testid="api-key" data-name={key.name}>
              <span className="account-row-text">
                <strong>{key.name}</strong>
                <span>{detailsOf(key)}</span>
              </span>
              <Button aria-label={text.revokeNamed(key.name)} onClick={() => setOpen({ dialog: 'revoke', key })} data-testid="key-revoke">
                {text.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="account-actions">
        <Button icon="plus" onClick={() => setOpen({ dialog: 'make' })} data-testid="key-new">
          {text.make}
        </Button>
      </div>
      {open?.dialog === 'make' && <MakeDialog administrator={administrator} onClose={close} />}
      {open?.dialog === 'revoke' && <RevokeDialog apiKey={open.key} onClose={close} />}
    </Section>
  );
}

function detailsOf({ scopes, expiresAt, lastUsedAt }: ApiKey): string {
  const may = scopes.map((scope) => (scope in text.scope ? text.scope[scope as KeyScope] : scope)).join(', ');
  const over = expiresAt !== undefined && Date.parse(expiresAt) < Date.now();
  const good = expiresAt === undefined ? text.forever : over ? text.expired(onDay(expiresAt)) : text.until(onDay(expiresAt));
  const used = lastUsedAt === undefined ? text.unused : text.used(relativeTime(Date.parse(lastUsedAt), Date.now()));
  return [may, good, used].join(' · ');
}

function MakeDialog({ administrator, onClose }: { readonly administrator: boolean; readonly onClose: () => void }) {
  const [made, setMade] = useState<NewApiKey>();
  return made ? (
    <Dialog title={text.made(made.name)} testId="key-made">
      <p className="dialog-lead">{text.once}</p>
      <SecretField label={text.title} value={made.key} copy={text.copy} copied={text.copied} testId="key-secret" />
      <div className="dialog-actions">
        <Button tone="primary" onClick={onClose} data-testid="key-done">
          {text.done}
        </Button>
      </div>
    </Dialog>
  ) : (
    <Dialog title={text.make} onDismiss={onClose} testId="key-dialog">
      <MakeForm administrator={administrator} onCancel={onClose} onMade={setMade} />
    </Dialog>
  );
}

function MakeForm({ administrator, onCancel, onMade }: { readonly administrator: boolean; readonly onCancel: () => void; readonly onMade: (key: NewApiKey) => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['read']);
  const [expiry, setExpiry] = useState<(typeof EXPIRIES)[number]>('90');
  const { busy, failure, run } = useDoing();
  const offered: readonly KeyScope[] = administrator ? ['read', 'write', 'admin'] : ['read', 'write'];
  const note = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (scopes.length === 0) return;
    const expiresAt = expiry === 'never' ? undefined : new Date(Date.now() + Number(expiry) * DAY_MS);
    void run(async () => onMade(await makeApiKey(origin(), await account.token(), { name: name.trim(), scopes, ...(expiresAt && { expiresAt }) })));
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <TextField label={text.name} placeholder={text.namePlaceholder} value={name} required maxLength={64} autoFocus onChange={(event) => setName(event.currentTarget.value)} data-testid="key-name" />
      <fieldset className="choice" aria-describedby={scopes.length === 0 ? note : undefined}>
        <legend className="field-label">{text.scopes}</legend>
        {offered.map((scope) => (
          <label key={scope} className="check">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={(event) => setScopes(event.currentTarget.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
              data-testid={`key-scope-${scope}`}
            />
            <span>{text.scope[scope]}</span>
          </label>
        ))}
        {scopes.length === 0 && (
          <p className="field-error" id={note}>
            {text.scopeMissing}
          </p>
        )}
      </fieldset>
      <Choice label={text.expiry} options={EXPIRIES} names={text.expiries} value={expiry} onChange={setExpiry} testId="key-expiry" />
      <FormError>{failure}</FormError>
      <div className="dialog-actions">
        <Button onClick={onCancel}>{accountMessages.cancel}</Button>
        <Button tone="primary" type="submit" disabled={busy || scopes.length === 0} data-testid="key-submit">
          {text.submit}
        </Button>
      </div>
    </form>
  );
}

function RevokeDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const { busy, failure, run } = useDoing();
  const revoke = async () => {
    if (await run(async () => revokeApiKey(origin(), await account.token(), apiKey.id))) onClose();
  };
  return (
    <Dialog title={text.revokeTitle(apiKey.name)} onDismiss={onClose} testId="key-revoke-dialog">
      <p className="dialog-lead">{text.revokeDetail}</p>
      <FormError>{failure}</FormError>
      <div className="dialog-actions">
        <Button onClick={onClose} autoFocus>
          {accountMessages.cancel}
        </Button>
        <Button tone="danger" disabled={busy} onClick={() => void revoke()} data-testid="key-revoke-confirm">
          {text.revoke}
        </Button>
      </div>
    </Dialog>
  );
}
