import { updateSession, type Action, type Grant, type Role } from '@chorale/client';
import { putGrants, readAccess, readGrants, listMembers, type AccessSettings, type Member } from '@chorale/client/access';
import { useMemo, useState } from 'react';
import { messages } from '../app/messages';
import { parameterName, parametersElement, parametersOf } from '../parameters/parameterSet';
import { rowsOf } from '../outline/rows';
import { nameOf } from '../session/wording';
import { useDocument, useParticipants, useSessionKind, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Choice } from './Choice';
import { BUNDLES, DOCUMENT_ACTIONS, grantSentence, type Bundle } from './grantSentence';
import { sharingMessages as text } from './messages';
import { Failure, Read } from './Parts';
import { everybody } from './people';
import { rightsWords } from './rightsWords';
import { useManaged, useReading } from './useManaged';
import { useManages, useRole } from './useRights';

const ROLES = ['ADMIN', 'COLLABORATOR', 'VIEWER'] as const satisfies readonly Role[];
const TABLE = [...DOCUMENT_ACTIONS, 'CHAT', 'SETTINGS', 'MEMBERS', 'MODERATE'] as const satisfies readonly Action[];
const MANAGING: ReadonlySet<string> = new Set(['SETTINGS', 'MEMBERS', 'MODERATE']);
const PROPERTIES = ['position', 'rotation', 'scale', 'color', 'name', 'text'] as const;
const FOLDED: ReadonlySet<string> = new Set();
const MOST_PLACES = 300;

/** What somebody may do otherwise than their role says, and what the roles say. */
export function RulesTab() {
  const manages = useManages('MEMBERS');
  return manages ? <Managed /> : <OwnRules />;
}

/** For those who manage nothing: what is said about them. */
function OwnRules() {
  const { session } = useWorkspace();
  const document = useDocument();
  const grants = session.self?.grants ?? [];
  return (
    <div data-testid="share-rules">
      <h3 className="share-head">{text.rulesAboutYou}</h3>
      <p className="field-hint share-lead">{text.readOnly}</p>
      <ul className="share-list">
        {grants.length === 0 && <li className="field-hint">{text.noRules}</li>}
        {grants.map((grant, index) => (
          <li key={index} className="share-person" data-testid="rule">
            <Seal allow={grant.allow} />
            <span>{grantSentence(grant, document, () => session.self?.name ?? '')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Managed() {
  const grants = useReading((caller, id) => Promise.all([readGrants(window.location.origin, id, caller), listMembers(window.location.origin, id, caller)]));
  const access = useReading((caller, id) => readAccess(window.location.origin, id, caller));
  return (
    <div data-testid="share-rules">
      <h3 className="share-head">{text.rules}</h3>
      <p className="field-hint share-lead">{text.rulesLead}</p>
      <Read {...grants}>{([all, members]) => <Grants grants={all} members={members} again={grants.again} />}</Read>
      <Read {...access}>{(settings) => <Table settings={settings} again={access.again} />}</Read>
    </div>
  );
}

function Seal({ allow }: { readonly allow: boolean }) {
  return (
    <span className="share-seal" data-allow={allow}>
      <Icon name={allow ? 'check' : 'forbid'} size={18} />
    </span>
  );
}

function Grants({ grants, members, again }: { readonly grants: readonly Grant[]; readonly members: readonly Member[]; readonly again: () => void }) {
  const workspace = useWorkspace();
  const document = useDocument();
  const participants = useParticipants();
  const people = useMemo(() => everybody(members, participants.values()), [members, participants]);
  const { busy, failure, run } = useManaged();
  const nameOfUser = (userId: string) => people.find((person) => person.userId === userId)?.name ?? workspace.acquaintance(userId).name;
  const put = async (next: readonly Grant[]) => {
    await run((caller, id) => putGrants(window.location.origin, id, caller, next));
    again();
  };
  return (
    <div data-busy={busy}>
      <ul className="share-list">
        {grants.length === 0 && <li className="field-hint">{text.noRules}</li>}
        {grants.map((grant, index) => {
          const sentence = grantSentence(grant, document, nameOfUser);
          return (
            <li key={index} className="share-person" data-testid="rule" data-allow={grant.allow}>
              <Seal allow={grant.allow} />
              <span className="share-sentence">{sentence}</span>
              <IconButton icon="trash" label={text.removeRule(sentence)} hint="none" className="icon-button-small" onClick={() => void put(grants.filter((each) => each !== grant))} data-testid="rule-remove" />
            </li>
          );
        })}
      </ul>
      <Failure reason={failure} />
      <NewRule people={people.filter(({ role }) => role !== 'OWNER')} onAdd={(grant) => void put([...grants, grant])} />
    </div>
  );
}

const SELECTED = '*selected';

function NewRule({ people, onAdd }: { readonly people: ReturnType<typeof everybody>; readonly onAdd: (grant: Grant) => void }) {
  const selectedId = useWorkspaceState((state) => state.selectedId);
  const own = useRole();
  const workspace = useWorkspace();
  const [who, setWho] = useState('role:VIEWER');
  const [allow, setAllow] = useState(true);
  const [bundle, setBundle] = useState<Bundle>('all');
  const [where, setWhere] = useState(selectedId === undefined ? '' : SELECTED);
  const [property, setProperty] = useState('');
  const properties = useProperties();
  const places = usePlaces();
  const selected = selectedId === undefined ? undefined : workspace.element(selectedId);
  const [kind, ...rest] = who.split(':');
  const subject = rest.join(':');
  const element = where === SELECTED ? selectedId : where === '' ? undefined : where;
  const ofProperty = bundle === 'EDIT' && property !== '';
  const grant: Grant = {
    ...(kind === 'user' ? { user: subject } : { role: subject }),
    ...(element !== undefined && { element }),
    ...(ofProperty && { property: `*.${property}` }),
    actions: BUNDLES[bundle],
    allow,
  };
  const nameOfUser = (userId: string) => people.find((person) => person.userId === userId)?.name ?? '';
  return (
    <section className="share-new" aria-label={text.newRule}>
      <div className="share-rule">
        <Choice label={text.who} value={who} testId="rule-who" onChange={setWho}>
          {ROLES.filter((role) => own !== 'ADMIN' || role !== 'ADMIN').map((role) => (
            <option key={role} value={`role:${role}`}>
              {text.whoRole(rightsWords.roles[role] ?? role)}
            </option>
          ))}
          {people.map((person) => (
            <option key={person.userId} value={`user:${person.userId}`}>
              {person.name}
            </option>
          ))}
        </Choice>
        <Choice label={text.may} value={String(allow)} testId="rule-allow" onChange={(next) => setAllow(next === 'true')}>
          <option value="true">{text.allow}</option>
          <option value="false">{text.deny}</option>
        </Choice>
        <Choice label={text.what} value={bundle} testId="rule-what" onChange={(next) => setBundle(next in BUNDLES ? (next as Bundle) : bundle)}>
          {Object.keys(BUNDLES).map((each) => (
            <option key={each} value={each}>
              {text.whats[each]}
            </option>
          ))}
        </Choice>
        {bundle === 'EDIT' && (
          <Choice label={text.which} value={property} testId="rule-property" onChange={setProperty}>
            <option value="">{text.anyProperty}</option>
            {properties.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </Choice>
        )}
        {places.length > 0 && (
          <Choice label={text.where} value={where} testId="rule-where" onChange={setWhere}>
            <option value="">{text.everywhere}</option>
            {selected && <option value={SELECTED}>{text.selected(nameOf(selected))}</option>}
            {places.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Choice>
        )}
      </div>
      <p className="share-preview" data-testid="rule-preview">
        <Seal allow={allow} />
        {grantSentence(grant, workspace.session.document, nameOfUser)}
      </p>
      <Button icon="plus" onClick={() => onAdd(grant)} data-testid="rule-add">
        {text.addRule}
      </Button>
    </section>
  );
}

/** The properties that one may choose, by the kind of session. */
function useProperties(): readonly { readonly name: string; readonly label: string }[] {
  const kind = useSessionKind();
  const document = useDocument();
  return useMemo(() => {
    if (kind !== 'parameters') return PROPERTIES.map((name) => ({ name, label: messages.register.names[name] ?? name }));
    const element = parametersElement(document);
    return element ? parametersOf(element).map(({ name }) => ({ name, label: parameterName(name) })) : [];
  }, [kind, document]);
}

/** The objects of a scene as its outline has them. */
function usePlaces(): readonly { readonly id: string; readonly label: string }[] {
  const isScene = useSessionKind() === 'scene';
  const document = useDocument();
  return useMemo(() => {
    if (!isScene) return [];
    return rowsOf(document, FOLDED)
      .slice(0, MOST_PLACES)
      .map(({ element, level }) => ({ id: element.id, label: `${'\u2003'.repeat(level - 1)}${nameOf(element)}` }));
  }, [isScene, document]);
}

function Table({ settings, again }: { readonly settings: AccessSettings; readonly again: () => void }) {
  const may = useManages('SETTINGS');
  const own = useRole();
  const { busy, failure, run } = useManaged();
  const { permissions } = settings;
  if (permissions === undefined) return null;
  const put = async (next: Readonly<Partial<Record<Role, readonly Action[]>>>) => {
    await run((caller, id) => updateSession(window.location.origin, id, caller, { permissions: next }));
    again();
  };
  const of = (role: Role) => TABLE.filter((action) => permissions[role]?.includes(action));
  const toggle = (role: Role, action: Action) => {
    const before: readonly Action[] = of(role);
    const next = before.includes(action) ? before.filter((each) => each !== action) : [...before, action];
    const byRole = { ...Object.fromEntries(ROLES.map((each) => [each, of(each)])), [role]: next };
    // What admins may is the owner's to say: left out where it is as usual, and else sent as it is.
    const { ADMIN: ofAdmins, ...others } = byRole;
    void put(role !== 'ADMIN' && ofAdmins?.length === TABLE.length ? others : { ...others, ADMIN: withMerge(ofAdmins ?? [], permissions['ADMIN']) });
  };
  return (
    <details className="share-table" data-busy={busy} data-testid="permission-table">
      <summary>{text.table}</summary>
      <p className="field-hint share-lead">{text.tableLead}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.action}</th>
            {ROLES.map((role) => (
              <th key={role} scope="col">
                {rightsWords.roles[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TABLE.map((action) => (
            <tr key={action}>
              <th scope="row">{text.actions[action]}</th>
              {ROLES.map((role) => {
                const why = !may ? text.readOnly : role !== 'ADMIN' && MANAGING.has(action) ? text.onlyManagers : role === 'ADMIN' && own === 'ADMIN' ? text.onlyOwner : undefined;
                return (
                  <td key={role}>
                    <input
                      type="checkbox"
                      aria-label={text.cell(text.actions[action] ?? action, rightsWords.roles[role] ?? role)}
                      checked={permissions[role]?.includes(action) === true}
                      disabled={why !== undefined || busy}
                      title={why}
                      onChange={() => toggle(role, action)}
                      data-testid={`permission-${role}-${action}`}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Failure reason={failure} />
      {may && own !== 'ADMIN' && (
        <button type="button" className="text-button" disabled={busy} onClick={() => void put({})}>
          {text.tableReset}
        </button>
      )}
    </details>
  );
}

/** What the table does not show stays as it is. */
function withMerge(actions: readonly Action[], before: readonly string[] | undefined): readonly Action[] {
  return before?.includes('MERGE') ? [...actions, 'MERGE'] : actions;
}
