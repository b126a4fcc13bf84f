import type { DocumentView } from '@chorale/client';
import { language } from '../app/language';
import { lookupIn } from '../scene/tree';
import { nameOf } from '../session/wording';
import { type Constraint, type Measure } from './constraint';
import { constraintMessages as text } from './messages';

const AXES = ['X', 'Y', 'Z'] as const;

/** What a constraint wants, as people say it. */
export function kindText({ kind, axis, elementType, name }: Constraint): string {
  if (name !== '') return name;
  if (kind === 'unknown') return text.unknown(elementType);
  return kind === 'align' ? text.alignment(AXES[axis]) : text.kinds[kind];
}

/** What a constraint is about. */
export function aboutText(document: DocumentView, { refs }: Constraint): string {
  const lookup = lookupIn(document);
  return text.between(refs.flatMap((id) => {
    const element = lookup(id);
    return element ? [nameOf(element)] : [];
  }));
}

/** A length, to the millimetre. */
export const lengthText = (metres: number) => (Number(metres.toFixed(3)) + 0).toLocaleString(language, { maximumFractionDigits: 3, useGrouping: false });

/** How it is, in a few words: the distance where it holds, else by how much it does not. */
export function measureText({ kind, value }: Constraint, { measured, holds }: Measure): string {
  const length = lengthText(Math.abs(measured));
  if (kind === 'distance') return holds || value === undefined ? text.metres(length) : `${text.metres(length)} ≠ ${text.metres(lengthText(value))}`;
  if (holds) return text.holds;
  if (kind === 'ground') return measured > 0 ? text.above(length) : text.below(length);
  return text.off(length);
}
