import { inLanguage } from '../app/language';
import type { ConstraintKind } from './constraint';

const english = {
  title: 'Constraints',
  add: 'Add a constraint',
  kinds: { distance: 'Distance', align: 'Alignment', ground: 'On the ground' } satisfies Record<ConstraintKind, string>,
  alignment: (axis: string) => `Aligned along ${axis}`,
  between: (names: readonly string[]) => names.join(' – '),
  select: (what: string) => `Select the objects of: ${what}`,
  remove: (what: string) => `Delete: ${what}`,
  satisfy: (what: string) => `Make it hold: ${what}`,
  wanted: (what: string) => `Wanted distance in metres: ${what}`,
  metres: (number: string) => `${number} m`,
  off: (number: string) => `off by ${number} m`,
  above: (number: string) => `${number} m above the ground`,
  below: (number: string) => `${number} m below the ground`,
  measured: (number: string) => `is ${number} m`,
  holds: 'holds',
  differs: 'does not hold',
  unknown: (type: string) => `Of another program: ${type}`,
  more: (count: number) => `and ${count} more`,
  removed: 'Constraint deleted',
  commands: {
    distance: 'Constrain: distance between two',
    align: ['Constrain: align along X', 'Constrain: align along Y', 'Constrain: align along Z'] as readonly [string, string, string],
    ground: 'Constrain: stand on the ground',
    satisfy: 'Make the constraints of the selection hold',
  },
};

export type ConstraintMessages = typeof english;

const german: ConstraintMessages = {
  title: 'Bedingungen',
  add: 'Bedingung hinzufügen',
  kinds: { distance: 'Abstand', align: 'Ausrichtung', ground: 'Auf dem Boden' },
  alignment: (axis) => `Ausgerichtet entlang ${axis}`,
  between: (names) => names.join(' – '),
  select: (what) => `Objekte auswählen: ${what}`,
  remove: (what) => `Löschen: ${what}`,
  satisfy: (what) => `Erfüllen: ${what}`,
  wanted: (what) => `Gewünschter Abstand in Metern: ${what}`,
  metres: (number) => `${number} m`,
  off: (number) => `${number} m daneben`,
  above: (number) => `${number} m über dem Boden`,
  below: (number) => `${number} m unter dem Boden`,
  measured: (number) => `ist ${number} m`,
  holds: 'erfüllt',
  differs: 'nicht erfüllt',
  unknown: (type) => `Von einem anderen Programm: ${type}`,
  more: (count) => `und ${count} weitere`,
  removed: 'Bedingung gelöscht',
  commands: {
    distance: 'Bedingung: Abstand zwischen zweien',
    align: ['Bedingung: entlang X ausrichten', 'Bedingung: entlang Y ausrichten', 'Bedingung: entlang Z ausrichten'],
    ground: 'Bedingung: auf dem Boden stehen',
    satisfy: 'Bedingungen der Auswahl erfüllen',
  },
};

export const constraintCatalogues = { en: english, de: german };

/** What constraints say. */
export const constraintMessages: ConstraintMessages = inLanguage(constraintCatalogues);
