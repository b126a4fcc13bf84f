import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { messages } from '../app/messages';
import { ConstraintFields } from '../constraints/ConstraintFields';
import { ConflictMark } from '../conflicts/ConflictMark';
import { historyMessages } from '../history/messages';
import { isForeign, lockOn } from '../locks/lockOn';
import { LockBanner, LockButton, useHeld } from '../locks/LockState';
import { MediaFields } from '../media/MediaFields';
import { sceneMessages } from '../scene/messages';
import type { SceneElement } from '../scene/sceneElement';
import { lookupIn, topmost } from '../scene/tree';
import { DenialNote, Guarded } from '../sharing/Standing';
import { useWhyNot } from '../sharing/useRights';
import { Button, IconButton } from '../ui/Button';
import { CommittedText } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Spinner } from '../ui/Spinner';
import { ArrangeFields } from './ArrangeFields';
import { Colors, DEGREES, VectorRow } from './ElementFields';
import { ToolIcon } from './ToolIcon';
import { nameOf } from './wording';
import { useDocument, useSelfId, useSelfUser, useSessionValue, useWorkspace, useWorkspaceState } from './WorkspaceContext';

const ElementHistory = lazy(() => import('../history/ElementHistory').then(({ ElementHistory: history }) => ({ default: history })));

const text = messages.inspector;
const NARROW = window.matchMedia('(max-width: 720px)');
const ON_LOCKS = ['locks', 'document'] as const;

/** What is selected, and everything that can be changed about it: a panel beside the scene, on phones a sheet. */
export function Inspector() {
  const elements = useSelectedElements();
  const [first] = elements;
  // Who looks at the history of one thing goes on to that of another.
  const [isHistory, setHistory] = useState(false);
  if (first === undefined) return null;
  if (elements.length > 1) return <SeveralSheet elements={elements} />;
  return <Sheet key={first.id} element={first} isHistory={isHistory} onHistory={setHistory} />;
}

function useSelectedElements(): readonly SceneElement[] {
  const selection = useWorkspaceState((state) => state.selection);
  const document = useDocument();
  return useMemo(() => {
    const lookup = lookupIn(document);
    return topmost(document, selection).flatMap((id) => lookup(id) ?? []);
  }, [selection, document]);
}

/** On phones the scene moves up by what the sheet covers. */
function useCovering(sheet: RefObject<HTMLElement | null>): void {
  const workspace = useWorkspace();
  useEffect(() => {
    if (!sheet.current) return undefined;
    const watch = new ResizeObserver(([entry]) => workspace.cover(NARROW.matches ? (entry?.target.clientHeight ?? 0) : 0));
    watch.observe(sheet.current);
    return () => {
      watch.disconnect();
      workspace.cover(0);
    };
  }, [workspace, sheet]);
}

interface SheetProps {
  readonly element: SceneElement;
  /** Whether who wrote it is shown in the place of its values. */
  readonly isHistory: boolean;
  readonly onHistory: (on: boolean) => void;
}

function Sheet({ element, isHistory, onHistory }: SheetProps) {
  const workspace = useWorkspace();
  const [expanded, setExpanded] = useState(false);
  const sheet = useRef<HTMLElement>(null);
  useCovering(sheet);
  const { id, kind } = element;
  const elements = [element];
  const held = useHeld(id);
  const blocked = held.by === 'another';
  const ids = [id];
  const notEdited = useWhyNot('EDIT', ids);
  const notDeleted = useWhyNot('DELETE', ids);
  const mayCreate = useWhyNot('CREATE', ids) === undefined;

  return (
    <aside ref={sheet} className="panel inspector" aria-label={text.title} data-testid="inspector" data-element-id={id} data-expanded={expanded}>
      <div className="panel-head">
        <span className="inspector-kind" style={kind === 'group' ? undefined : { color: element.color }}>
          <Icon name={kind} />
        </span>
        <h2>{nameOf(element)}</h2>
        <IconButton
          icon="history"
          label={isHistory ? historyMessages.hideHistory : historyMessages.showHistory}
          hint="none"
          title={historyMessages.showHistory}
          aria-pressed={isHistory}
          className="icon-button-small lock-button"
          onClick={() => onHistory(!isHistory)}
          data-testid="inspector-history"
        />
        {!workspace.isPast && <LockButton id={id} name={nameOf(element)} />}
        <SheetButtons expanded={expanded} onExpand={setExpanded} />
      </div>
      <LockBanner held={held} id="inspector-lock" />
      <DenialNote why={blocked || workspace.isPast ? undefined : notEdited} />
      <div className="inspector-body" tabIndex={notEdited === undefined && !isHistory ? undefined : 0}>
        {isHistory ? (
          <Suspense fallback={<Spinner label={historyMessages.loading} />}>
            <ElementHistory id={id} />
          </Suspense>
        ) : (
          <Fields id={id} disabled={blocked} describedBy={blocked ? 'inspector-lock' : undefined}>
            {kind === 'label' && (
              <Guarded ids={ids} property="text">
                <CommittedText label={text.text} value={element.text} required onCommit={(value) => workspace.setText(id, value)} testId="inspector-text" mark={<ConflictMark elementId={id} property="text" />} />
              </Guarded>
            )}
            <div className={kind === 'label' ? 'sheet-extra' : undefined}>
              <Guarded ids={ids} property="name">
                <CommittedText label={text.name} value={element.name} onCommit={(value) => workspace.edits.rename(id, value)} testId="inspector-name" mark={<ConflictMark elementId={id} property="name" />} />
              </Guarded>
            </div>
            {kind !== 'image' && kind !== 'model' && (
              <Guarded ids={ids} property="color">
                <Colors elements={elements} />
              </Guarded>
            )}
            <Guarded ids={ids} quiet>
              <MediaFields elements={elements} />
            </Guarded>
            <PlacementFields elements={elements} ids={ids} turns={kind !== 'label'} />
          </Fields>
        )}
      </div>
      {!workspace.isPast && (
        <div className="inspector-actions">
          {kind !== 'unknown' && (
            <Button icon="copy" disabled={!mayCreate} onClick={() => workspace.duplicate(id)} data-testid="duplicate">
              {text.duplicate}
            </Button>
          )}
          <Button icon="trash" tone="danger" disabled={blocked || notDeleted !== undefined} title={notDeleted} onClick={() => workspace.remove(id)} data-testid="delete">
            {text.remove}
          </Button>
        </div>
      )}
    </aside>
  );
}

/** Several elements: what they have in common, and what can be done to all of them at once. */
function SeveralSheet({ elements }: { readonly elements: readonly SceneElement[] }) {
  const workspace = useWorkspace();
  const [expanded, setExpanded] = useState(false);
  const sheet = useRef<HTMLElement>(null);
  useCovering(sheet);
  const ids = elements.map(({ id }) => id);
  const { free, mine } = useLockCounts(ids);
  const notEdited = useWhyNot('EDIT', ids);
  const notDeleted = useWhyNot('DELETE', ids);
  const mayCreate = useWhyNot('CREATE', ids) === undefined;
  const labelsOnly = elements.every(({ kind }) => kind === 'label');
  return (
    <aside ref={sheet} className="panel inspector" aria-label={sceneMessages.several.title} data-testid="inspector" data-count={elements.length} data-expanded={expanded}>
      <div className="panel-head">
        <span className="inspector-kind">
          <ToolIcon name="gathering" />
        </span>
        <h2>{sceneMessages.objects(elements.length)}</h2>
        {!workspace.isPast && (
          <IconButton
            icon={mine === ids.length ? 'lock' : 'unlock'}
            label={mine === ids.length ? sceneMessages.several.unlock : sceneMessages.several.lock}
            hint="none"
            aria-pressed={mine === ids.length}
            aria-keyshortcuts="L"
            className="icon-button-small lock-button"
            onClick={() => workspace.locks.toggle(ids)}
            data-testid="lock"
          />
        )}
        <SheetButtons expanded={expanded} onExpand={setExpanded} />
      </div>
      <DenialNote why={workspace.isPast ? undefined : notEdited} />
      <div className="inspector-body" tabIndex={notEdited === undefined ? undefined : 0}>
        <Fields id={ids.at(-1) ?? ''} disabled={free === 0}>
          <Guarded ids={ids} property="color">
            <Colors elements={elements} />
          </Guarded>
          <Guarded ids={ids} quiet>
            <MediaFields elements={elements} />
          </Guarded>
          <PlacementFields elements={elements} ids={ids} turns={!labelsOnly} />
        </Fields>
      </div>
      {!workspace.isPast && (
        <div className="inspector-actions">
          <Button icon="copy" disabled={!mayCreate} onClick={() => workspace.edits.duplicate(ids)} data-testid="duplicate">
            {text.duplicate}
          </Button>
          <Button icon="trash" tone="danger" disabled={free === 0 || notDeleted !== undefined} title={notDeleted} onClick={() => workspace.edits.remove(ids)} data-testid="delete">
            {text.remove}
          </Button>
        </div>
      )}
    </aside>
  );
}

/** How many of these one may edit, and how many one has locked oneself. */
function useLockCounts(ids: readonly string[]): { readonly free: number; readonly mine: number } {
  const { session } = useWorkspace();
  const document = useDocument();
  const [selfId, userId] = [useSelfId(), useSelfUser()];
  const all = useSessionValue(session, ON_LOCKS, (read) => read.locks);
  const locks = ids.map((id) => lockOn(all, document, id));
  return { free: locks.filter((lock) => !isForeign(lock, userId)).length, mine: locks.filter((lock) => lock?.participantId === selfId).length };
}

function Fields({ id, disabled, describedBy, children }: { readonly id: string; readonly disabled: boolean; readonly describedBy?: string | undefined; readonly children: ReactNode }) {
  const workspace = useWorkspace();
  return (
    <fieldset
      className="inspector-fields"
      disabled={disabled}
      aria-describedby={describedBy}
      data-testid="inspector-fields"
      onFocus={(event) => {
        if (event.target instanceof HTMLInputElement) workspace.setEditing({ id });
      }}
      onBlur={() => workspace.setEditing(undefined)}
    >
      {children}
    </fieldset>
  );
}

function SheetButtons({ expanded, onExpand }: { readonly expanded: boolean; readonly onExpand: (expanded: boolean) => void }) {
  const workspace = useWorkspace();
  return (
    <>
      <button type="button" className="icon-button sheet-more" aria-label={expanded ? text.less : text.more} aria-expanded={expanded} onClick={() => onExpand(!expanded)} data-testid="inspector-more">
        <Icon name="chevron" />
      </button>
      <IconButton icon="close" label={text.deselect} hint="none" className="icon-button-small sheet-close" onClick={() => workspace.select(undefined)} data-testid="deselect" />
    </>
  );
}

/** Where things are, how they are turned and how large; and what holds between them. */
function PlacementFields({ elements, ids, turns }: { readonly elements: readonly SceneElement[]; readonly ids: readonly string[]; readonly turns: boolean }) {
  return (
    <>
      <Guarded ids={ids} property="position">
        <VectorRow elements={elements} property="position" title={text.position} step={0.1} />
      </Guarded>
      <div className="sheet-extra">
        {turns && (
          <Guarded ids={ids} property="rotation">
            <VectorRow elements={elements} property="rotation" title={text.rotation} step={5} unit={DEGREES} />
          </Guarded>
        )}
        <Guarded ids={ids} property="scale">
          <VectorRow elements={elements} property="scale" title={text.size} step={0.1} />
        </Guarded>
        <Guarded ids={ids} property="position" quiet>
          <ArrangeFields elements={elements} />
        </Guarded>
        <Guarded ids={ids} action="CONSTRAIN" quiet>
          <ConstraintFields elements={elements} />
        </Guarded>
      </div>
    </>
  );
}
