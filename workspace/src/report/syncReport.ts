import type { DocumentView, Note, Operation, Problem, RefusedEdit, Self, SessionInfo, SyncReport } from '@chorale/client';
import { isProblem } from '@chorale/client';
import { messages } from '../app/messages';
import { changeText, elementName, registerName, upper } from '../session/wording';
import { denialTold, readDenial } from '../sharing/denial';

/** What became of edits that waited for a connection, in words of the moment when the answers came. */
export interface Report {
  readonly sent: number;
  readonly conflicted: readonly string[];
  readonly refused: readonly Refusal[];
}

export interface Refusal {
  readonly changeId: string;
  readonly what: string;
  readonly why: string;
}

type NameOf = (userId: string) => string;

export function reportOf({ sent, conflicted, refused }: SyncReport, document: DocumentView, nameOf: NameOf, self?: Self): Report {
  return {
    sent,
    conflicted: conflicted.map(({ notes }) => [...new Set(notes.map((note) => noteText(note, document, nameOf)))].join('; ')),
    refused: refused.map((edit) => refusalOf(edit, document, self)),
  };
}

/** Two comebacks that nobody has looked at are told as one. */
export function joined(first: Report | undefined, second: Report): Report {
  if (first === undefined) return second;
  return {
    sent: first.sent + second.sent,
    conflicted: [...first.conflicted, ...second.conflicted],
    refused: [...first.refused, ...second.refused],
  };
}

interface RefusedChange {
  readonly changeId: string;
  readonly problem: Problem;
  readonly operations: readonly Operation[];
}

/** @param self oneself, where what one may do now tells why */
export function refusalOf({ changeId, problem, operations }: RefusedChange, document: DocumentView, self?: Self): Refusal {
  return { changeId, what: changeText(document, operations), why: whyOf(problem, document, self) };
}

function whyOf(problem: Problem, document: DocumentView, self: Self | undefined): string {
  if (!isProblem(problem, 'forbidden')) return problem.title;
  const { title, detail } = denialTold(readDenial(problem, self), document);
  return `${title}. ${detail}`;
}

function noteText({ code, element, path, writes }: Note, document: DocumentView, nameOf: NameOf): string {
  const { notes } = messages.synced;
  if (element === undefined) return notes.other(messages.edit.nothing);
  const what = upper(path ? registerName(document, element, path) : elementName(document, element));
  switch (code) {
    case 'OVERWROTE':
      return notes.OVERWROTE(what, nameOf(writes?.at(-1)?.userId ?? ''));
    case 'MERGED':
      return notes.MERGED(what);
    case 'WITHHELD':
      return notes.WITHHELD(what);
    case 'EDIT_DELETED':
      return notes.EDIT_DELETED(what);
    default:
      return notes.other(what);
  }
}

/** The file that people take their refused edits home in. */
export function exportOf(edits: readonly RefusedEdit[], session: Pick<SessionInfo, 'sessionId' | 'name'>, now: Date): { readonly name: string; readonly text: string } {
  const content = {
    format: 'chorale-refused-edits',
    version: 1,
    session: { sessionId: session.sessionId, name: session.name },
    exportedAt: now.toISOString(),
    edits: edits.map(({ changeId, at, problem, operations }) => ({ changeId, at, problem, operations })),
  };
  return { name: `chorale-refused-edits-${now.toISOString().slice(0, 10)}.json`, text: `${JSON.stringify(content, null, 2)}\n` };
}

/** Gives the browser a file to keep. */
export function download({ name, text, type = 'application/json' }: { readonly name: string; readonly text: string; readonly type?: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold of the data once it began.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
