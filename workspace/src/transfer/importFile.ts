import { ProblemError } from '@chorale/client';
import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import type { Workspace } from '../session/workspace';
import { editInParts, operationsOf } from './importInto';
import { readFile, type SessionFile } from './sessionFile';

const text = messages.transfer;

/** Asks for a file; undefined where somebody thinks better of it. */
export function chooseFile(): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}

/** Imports what somebody chooses. */
export async function importChosen(workspace: Workspace): Promise<void> {
  const file = await chooseFile();
  if (file) await importFile(workspace, file);
}

/** Imports what somebody chose or dropped, and says what became of it. */
export async function importFile(workspace: Workspace, file: File): Promise<void> {
  const reading = await readFile(file);
  if ('refusal' in reading) refuse(workspace, text.reasons[reading.refusal]);
  else importContent(workspace, reading.file);
}

/** Brings a file's content into the session, as one step of undo. */
export function importContent(workspace: Workspace, file: SessionFile): void {
  const { session } = workspace;
  if (file.kind !== session.info?.kind) {
    refuse(workspace, text.reasons.kind);
    return;
  }
  try {
    const changes = editInParts(session, operationsOf(file, session.document, () => randomId()));
    tell(workspace, file, changes);
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
    workspace.notifyProblem(text.refused, failure.problem);
  }
}

function tell(workspace: Workspace, { kind, elements }: SessionFile, changes: readonly string[]): void {
  const [only, ...others] = changes;
  const title = kind === 'parameters' ? text.importedValues : text.imported(elements.length);
  workspace.view?.showEverything();
  workspace.notify({
    tone: 'neutral',
    title,
    ...(others.length > 0 && { detail: text.inParts(changes.length) }),
    ...(only !== undefined && others.length === 0 && { action: { label: messages.toast.undo, run: () => workspace.undo(only) } }),
  });
}

function refuse(workspace: Workspace, detail: string): void {
  workspace.notify({ tone: 'danger', about: 'import', title: text.refused, detail });
}
