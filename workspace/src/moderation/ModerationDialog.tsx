import {
  listMembers,
  listReports,
  readAudit,
  readModeration,
  setFrozen,
  setSlowMode,
  unban,
  unmute,
  type AuditEntry,
  type ModerationState,
  type Report,
  type Sanction,
} from '@chorale/client/access';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { language } from '../app/language';
import { elementName } from '../session/wording';
import { useDocument, useSessionValue, useWorkspace } from '../session/WorkspaceContext';
import { Choice } from '../sharing/Choice';
import { Failure, Read } from '../sharing/Parts';
import { useManaged, useReading } from '../sharing/useManaged';
import '../styles/sharing.css';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Switch } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Tabs } from '../ui/Tabs';
import { moderationMessages as text } from './messages';

const TABS = ['now', 'sanctions', 'reports', 'log'] as const;
const SLOWS = [0, 5, 10, 30, 60, 300] as const;
const PAGE = 30;
const ON_RIGHTS = ['permissions'] as const;
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
/** As the server writes moments. */
const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const when = (at: string) => moment.format(Date.parse(at));

/** What those see to who moderate a session. */
export function ModerationDialog({ onClose }: { readonly onClose: () => void }) {
  const [tab, setTab] = useState<(typeof TABS)[number]>('now');
  const id = useId();
  const names = useNames();
  return (
    <Dialog title={text.title} onDismiss={onClose} testId="moderation-dialog" className="share-dialog">
      <Tabs id={id} label={text.tabsLabel} tabs={TABS} titles={text.tabs} chosen={tab} onChoose={setTab} testId="moderation-tab" />
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} className="share-panel" tabIndex={-1}>
        {tab === 'now' && <State>{(state, again) => <Now state={state} again={again} />}</State>}
        {tab === 'sanctions' && <State>{(state, again) => <Sanctions sanctions={state.sanctions} names={names} again={again} />}</State>}
        {tab === 'reports' && <Reports names={names} onClose={onClose} />}
        {tab === 'log' && <Log names={names} />}
      </div>
      <div className="dialog-actions">
        <Button tone="primary" onClick={onClose}>
          {text.done}
        </Button>
      </div>
    </Dialog>
  );
}

type NameOf = (userId: string) => string;

/** What members and everybody who was here are called. */
function useNames(): NameOf {
  const workspace = useWorkspace();
  const { reading } = useReading((caller, id) => listMembers(window.location.origin, id, caller));
  const members = reading.status === 'read' ? reading.value : [];
  return (userId) => workspace.acquaintance(userId, members.find((member) => member.userId === userId)?.name).name;
}

/** What is in force, read anew whenever that changes for oneself. */
function State({ children }: { readonly children: (state: ModerationState, again: () => void) => ReactNode }) {
  const { reading, again } = useReading((caller, id) => readModeration(window.location.origin, id, caller));
  const self = useSessionValue(useWorkspace().session, ON_RIGHTS, (session) => session.self);
  useEffect(() => again(), [again, self]);
  return (
    <Read reading={reading} again={again}>
      {(state) => children(state, again)}
    </Read>
  );
}

function Now({ state: { frozen, slowModeSeconds }, again }: { readonly state: ModerationState; readonly again: () => void }) {
  const { busy, failure, run } = useManaged();
  const freeze = async (next: boolean) => {
    await run((caller, id) => setFrozen(window.location.origin, id, caller, next));
    again();
  };
  const slow = async (seconds: number) => {
    await run((caller, id) => setSlowMode(window.location.origin, id, caller, seconds));
    again();
  };
  const offered = SLOWS.some((each) => each === slowModeSeconds) ? SLOWS : [...SLOWS, slowModeSeconds];
  return (
    <div className="share-fields" data-busy={busy}>
      <Switch label={text.freeze} hint={text.freezeHint} checked={frozen} onChange={(next) => void freeze(next)} testId="freeze" />
      <div>
        <Choice label={text.slow} value={String(slowModeSeconds)} testId="slow-mode" onChange={(next) => void slow(Number(next))}>
          {offered.map((each) => (
            <option key={each} value={each}>
              {text.slows[each] ?? text.everySeconds(each)}
            </option>
          ))}
        </Choice>
        <p className="field-hint">{text.slowHint}</p>
      </div>
      <Failure reason={failure} />
    </div>
  );
}

interface SanctionsProps {
  readonly sanctions: readonly Sanction[];
  readonly names: NameOf;
  readonly again: () => void;
}

function Sanctions({ sanctions, names, again }: SanctionsProps) {
  const { busy, failure, run } = useManaged();
  const lift = async ({ id: sanction, kind, userId }: Sanction) => {
    const whom = userId === undefined ? { sanction } : { userId };
    await run((caller, id) => (kind === 'MUTE' && userId !== undefined ? unmute(window.location.origin, id, caller, userId) : unban(window.location.origin, id, caller, whom)));
    again();
  };
  return (
    <div data-busy={busy}>
      <ul className="share-list">
        {sanctions.length === 0 && <li className="field-hint">{text.noSanctions}</li>}
        {sanctions.map((sanction) => {
          const { id, kind, userId, until, reason } = sanction;
          const name = userId === undefined ? text.address : names(userId);
          const what = kind === 'BAN' ? text.banned(name) : text.muted(name);
          return (
            <li key={id} className="share-person" data-testid="sanction" data-kind={kind}>
              <span className="share-seal">
                <Icon name={kind === 'BAN' ? 'forbid' : 'mute'} size={18} />
              </span>
              <span className="share-person-text">
                <strong>{what}</strong>
                <span>
                  {until === undefined ? text.forever : text.until(when(until))}
                  {reason !== '' && ` · ${reason}`}
                </span>
              </span>
              <Button aria-label={text.liftThis(what)} onClick={() => void lift(sanction)} data-testid="lift">
                {text.lift}
              </Button>
            </li>
          );
        })}
      </ul>
      <Failure reason={failure} />
    </div>
  );
}

/** Pages that one reads on and on, the newest first. */
function usePages<T>(read: (page: { readonly limit: number; readonly cursor?: string }) => Parameters<typeof useReading<{ readonly items: readonly T[]; readonly nextCursor?: string }>>[0]) {
  const [earlier, setEarlier] = useState<readonly T[]>([]);
  const [cursor, setCursor] = useState<string>();
  const first = useReading(read({ limit: PAGE }));
  const { run, failure } = useManaged();
  const start = first.reading.status === 'read' ? first.reading.value : undefined;
  const next = cursor ?? (earlier.length === 0 ? start?.nextCursor : undefined);
  const more = async () => {
    if (next === undefined) return;
    const page = await run(read({ limit: PAGE, cursor: next }));
    if (!page) return;
    setEarlier((before) => [...before, ...page.answer.items]);
    setCursor(page.answer.nextCursor);
  };
  return { ...first, items: [...(start?.items ?? []), ...earlier], hasMore: next !== undefined, more, failure };
}

function Earlier({ hasMore, more }: { readonly hasMore: boolean; readonly more: () => Promise<void> }) {
  if (!hasMore) return null;
  return <Button onClick={() => void more()}>{text.earlier}</Button>;
}

function Reports({ names, onClose }: { readonly names: NameOf; readonly onClose: () => void }) {
  const workspace = useWorkspace();
  const document = useDocument();
  const pages = usePages<Report>((page) => async (caller, id) => {
    const { reports, ...rest } = await listReports(window.location.origin, id, caller, page);
    return { items: reports, ...rest };
  });
  const about = ({ userId, element }: Report) => (userId !== undefined ? names(userId) : element !== undefined ? elementName(document, element) : text.message);
  return (
    <Read reading={pages.reading} again={pages.again}>
      {() => (
        <>
          <ul className="share-list">
            {pages.items.length === 0 && <li className="field-hint">{text.noReports}</li>}
            {pages.items.map((report) => {
              const { id, reporter, element, reason, at } = report;
              return (
                <li key={id} className="share-person" data-testid="report">
                  <span className="share-seal">
                    <Icon name="flag" size={18} />
                  </span>
                  <span className="share-person-text share-wraps">
                    <strong>{text.reported(names(reporter), about(report))}</strong>
                    <span>{reason}</span>
                    <time dateTime={at}>{when(at)}</time>
                  </span>
                  {element !== undefined && document.live(element) && (
                    <Button
                      onClick={() => {
                        onClose();
                        workspace.select(element);
                      }}
                    >
                      {text.show}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
          <Failure reason={pages.failure} />
          <Earlier {...pages} />
        </>
      )}
    </Read>
  );
}

function Log({ names }: { readonly names: NameOf }) {
  const pages = usePages<AuditEntry>((page) => async (caller, id) => {
    const { entries, ...rest } = await readAudit(window.location.origin, id, caller, page);
    return { items: entries, ...rest };
  });
  const actorName = (actor: string) => (actor === '' ? text.system : actor === 'owner-key' ? text.ownerKey : names(actor));
  return (
    <Read reading={pages.reading} again={pages.again}>
      {() => (
        <>
          <ol className="share-list share-log">
            {pages.items.length === 0 && <li className="field-hint">{text.noLog}</li>}
            {pages.items.map(({ number, at, actor, action, subject, detail }) => (
              <li key={number} data-testid="audit" data-action={action}>
                <span>
                  <strong>{actorName(actor)}</strong> {text.deeds[action] ?? action}
                  {/^(member|moderation)\./.test(action) && subject !== '' && subject !== actor && `: ${names(subject)}`}
                </span>
                <span>
                  <time dateTime={at}>{when(at)}</time>
                  {detail !== '' && ` · ${detail.replace(MOMENT, when)}`}
                </span>
              </li>
            ))}
          </ol>
          <Failure reason={pages.failure} />
          <Earlier {...pages} />
        </>
      )}
    </Read>
  );
}
