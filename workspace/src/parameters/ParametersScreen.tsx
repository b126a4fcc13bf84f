import type { ElementView } from '@chorale/client';
import { may } from '@chorale/client/access';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Appearance } from '../app/identity';
import { messages } from '../app/messages';
import { Shown } from '../history/Shown';
import { LockBanner, LockButton, useHeld } from '../locks/LockState';
import { SessionFrame } from '../session/SessionFrame';
import { useParameterShortcuts } from '../session/useShortcuts';
import { useConnectionState, useDocument, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { ReadOnlyNote } from '../sharing/Standing';
import { useMayEdit, useWhyNot } from '../sharing/useRights';
import { Button, IconButton } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { DefinitionDialog } from './DefinitionDialog';
import { parameterMessages } from './messages';
import { ParameterRow } from './ParameterRow';
import { beginning, keeping, parametersElement, PARAMETERS_ID, parametersOf, type Parameter } from './parameterSet';
import { found, MOST_WITHOUT_SEARCH } from './parameterSearch';
import { PlotCard } from './plot/PlotCard';
import { waveOf } from './plot/wave';
import { useLastWriters } from './useLastWriters';

const text = messages.parameters;
const { list } = parameterMessages;
const TICK_MS = 20_000;

/** A session about numbers: everybody's sliders are the same ones. */
export function ParametersScreen({ identity, onIdentity }: { readonly identity: Appearance; readonly onIdentity: (identity: Appearance) => void }) {
  return (
    <SessionFrame identity={identity} onIdentity={onIdentity} className="parameters">
      <Shown>
        <Numbers />
      </Shown>
    </SessionFrame>
  );
}

/** The parameters, as they are or as they were. */
function Numbers() {
  const workspace = useWorkspace();
  const element = parametersElement(useDocument());
  useParameterShortcuts(workspace, element?.id);
  useBeginning(element);
  return (
    <main className="parameters-main">
      {element && <Parameters element={element} />}
      {!element && !workspace.isPast && (
        <div className="parameters-preparing">
          <Spinner label={text.preparing} />
        </div>
      )}
    </main>
  );
}

/** Whoever finds a session without parameters gives it the usual ones. */
function useBeginning(element: ElementView | undefined): void {
  const workspace = useWorkspace();
  const online = useConnectionState() === 'online';
  const missing = online && element === undefined;
  useEffect(() => {
    const { document } = workspace.session;
    if (!missing || parametersElement(document) || !may(workspace.session, 'CREATE')) return;
    // Whoever undoes the beginning does not end the session.
    workspace.edit([document.elements.has(PARAMETERS_ID) ? { op: 'restore', id: PARAMETERS_ID } : beginning()]);
  }, [workspace, missing]);
}

function Parameters({ element }: { readonly element: ElementView }) {
  const parameters = useParameters(element);
  const names = useStable(parameters.map(({ name }) => name));
  return (
    <div className="parameters-layout" data-plot={parameters.length > 0}>
      <PlotCard elementId={element.id} hasWave={waveOf(parameters) !== undefined} names={names} />
      <ParameterCard element={element} parameters={parameters} />
    </div>
  );
}

function ParameterCard({ element, parameters }: { readonly element: ElementView; readonly parameters: readonly Parameter[] }) {
  const workspace = useWorkspace();
  const canUndo = useWorkspaceState((state) => state.canUndo);
  const canRedo = useWorkspaceState((state) => state.canRedo);
  const held = useHeld(element.id);
  const [defining, setDefining] = useState<{ readonly name?: string }>();
  const edit = useCallback((name: string) => setDefining({ name }), []);
  const { tools } = messages;
  const mayEdit = useMayEdit();
  const forbidden = useWhyNot('EDIT', [element.id]);
  const disabled = held.by === 'another' || !mayEdit;
  const edited = parameters.find(({ name }) => name === defining?.name);
  return (
    <section className="card parameters-card" aria-labelledby="parameters-title" data-testid="parameters">
      <header className="parameters-head">
        <div>
          <h2 id="parameters-title">{text.title}</h2>
          <p>{text.lead}</p>
        </div>
        <div className="parameters-tools">
          {!workspace.isPast && (
            <>
              <IconButton icon="undo" label={tools.undo} hint="none" title={tools.undoHint} disabled={!canUndo || !mayEdit} onClick={() => workspace.undo()} data-testid="undo" />
              <IconButton icon="redo" label={tools.redo} hint="none" title={tools.redoHint} disabled={!canRedo || !mayEdit} onClick={() => workspace.redo()} data-testid="redo" />
              <LockButton id={element.id} name={text.element} />
            </>
          )}
        </div>
      </header>
      <LockBanner held={held} id="parameters-lock" />
      {!mayEdit && !workspace.isPast && forbidden !== undefined && <ReadOnlyNote />}
      <ParameterList elementId={element.id} parameters={parameters} disabled={disabled} onEdit={edit} onAdd={() => setDefining({})} />
      {defining && (defining.name === undefined || edited) && (
        <DefinitionDialog key={defining.name ?? ''} element={element} parameter={edited} onClose={() => setDefining(undefined)} />
      )}
    </section>
  );
}

interface ListProps {
  readonly elementId: string;
  readonly parameters: readonly Parameter[];
  readonly disabled: boolean;
  readonly onEdit: (name: string) => void;
  readonly onAdd: () => void;
}

function ParameterList({ elementId, parameters, disabled, onEdit, onAdd }: ListProps) {
  const writers = useLastWriters(elementId);
  const now = useNow();
  const [search, setSearch] = useState('');
  const isLong = parameters.length > MOST_WITHOUT_SEARCH;
  const shown = isLong ? found(parameters, search) : parameters;
  const add = (
    <Button icon="plus" onClick={onAdd} disabled={disabled} className="parameter-add" data-testid="add-parameter">
      {list.add}
    </Button>
  );
  return (
    <>
      {isLong && (
        <search className="parameter-search">
          <input
            type="search"
            className="input"
            aria-label={list.search}
            placeholder={list.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            data-testid="parameter-search"
          />
          {add}
          <p role="status" data-testid="parameter-count">
            {search.trim() !== '' && (shown.length === 0 ? list.nothingFound(search.trim()) : list.found(shown.length, parameters.length))}
          </p>
        </search>
      )}
      {parameters.length === 0 && (
        <p className="parameters-empty">
          <strong>{list.none}</strong>
          {list.noneDetail}
        </p>
      )}
      <ul className="parameter-list">
        {shown.map((parameter) => (
          <ParameterRow
            key={`${parameter.kind} ${parameter.name}`}
            elementId={elementId}
            parameter={parameter}
            written={writers.get(parameter.name)}
            now={now}
            disabled={disabled}
            onEdit={onEdit}
          />
        ))}
      </ul>
      {!isLong && <div className="parameter-end">{add}</div>}
    </>
  );
}

/** The element's parameters; what did not change is the same object as before. */
function useParameters(element: ElementView): readonly Parameter[] {
  const earlier = useRef<readonly Parameter[]>([]);
  const parameters = useMemo(() => keeping(earlier.current, parametersOf(element)), [element]);
  useEffect(() => {
    earlier.current = parameters;
  }, [parameters]);
  return parameters;
}

/** The same list as before, as long as it says the same. */
function useStable(names: readonly string[]): readonly string[] {
  const key = JSON.stringify(names);
  return useMemo(() => JSON.parse(key) as readonly string[], [key]);
}

/** The time, often enough for "2 minutes ago". */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
