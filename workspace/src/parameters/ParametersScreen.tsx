import type { ElementView } from '@chorale/client';
import { useEffect, useMemo, useState } from 'react';
import type { Identity } from '../app/identity';
import { messages } from '../app/messages';
import { LockBanner, LockButton, useHeld } from '../locks/LockState';
import { SessionFrame } from '../session/SessionFrame';
import { useParameterShortcuts } from '../session/useShortcuts';
import { useConnectionState, useDocument, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { IconButton } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { ParameterRow } from './ParameterRow';
import { beginning, parametersElement, PARAMETERS_ID, parametersOf } from './parameterSet';
import { useLastWriters } from './useLastWriters';

const text = messages.parameters;
const TICK_MS = 20_000;

/** A session about numbers: everybody's sliders are the same ones. */
export function ParametersScreen({ identity, onIdentity }: { readonly identity: Identity; readonly onIdentity: (identity: Identity) => void }) {
  const workspace = useWorkspace();
  const element = parametersElement(useDocument());
  useParameterShortcuts(workspace, element?.id);
  useBeginning(element);
  return (
    <SessionFrame identity={identity} onIdentity={onIdentity} className="parameters">
      <main className="parameters-main">
        {element ? (
          <ParameterCard element={element} />
        ) : (
          <div className="parameters-preparing">
            <Spinner label={text.preparing} />
          </div>
        )}
      </main>
    </SessionFrame>
  );
}

/** Whoever finds a session without parameters gives it the usual ones. */
function useBeginning(element: ElementView | undefined): void {
  const workspace = useWorkspace();
  const online = useConnectionState() === 'online';
  const missing = online && element === undefined;
  useEffect(() => {
    const { document } = workspace.session;
    if (!missing || parametersElement(document)) return;
    // Whoever undoes the beginning does not end the session.
    workspace.edit([document.elements.has(PARAMETERS_ID) ? { op: 'restore', id: PARAMETERS_ID } : beginning()]);
  }, [workspace, missing]);
}

function ParameterCard({ element }: { readonly element: ElementView }) {
  const workspace = useWorkspace();
  const canUndo = useWorkspaceState((state) => state.canUndo);
  const canRedo = useWorkspaceState((state) => state.canRedo);
  const parameters = useMemo(() => parametersOf(element), [element]);
  const writers = useLastWriters(element.id);
  const now = useNow();
  const held = useHeld(element.id);
  const { tools } = messages;
  return (
    <section className="card parameters-card" aria-labelledby="parameters-title" data-testid="parameters">
      <header className="parameters-head">
        <div>
          <h2 id="parameters-title">{text.title}</h2>
          <p>{text.lead}</p>
        </div>
        <div className="parameters-tools">
          <IconButton icon="undo" label={tools.undo} hint="none" title={tools.undoHint} disabled={!canUndo} onClick={() => workspace.undo()} data-testid="undo" />
          <IconButton icon="redo" label={tools.redo} hint="none" title={tools.redoHint} disabled={!canRedo} onClick={() => workspace.redo()} data-testid="redo" />
          <LockButton id={element.id} name={text.element} />
        </div>
      </header>
      <LockBanner held={held} id="parameters-lock" />
      <ul className="parameter-list">
        {parameters.map((parameter) => (
          <ParameterRow
            key={parameter.name}
            elementId={element.id}
            parameter={parameter}
            written={writers.get(parameter.name)}
            now={now}
            disabled={held.by === 'another'}
          />
        ))}
      </ul>
    </section>
  );
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
