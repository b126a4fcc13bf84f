import { inLanguage } from '../app/language';
import type { Side } from './arrange';
import type { Mode } from '../session/workspaceState';

type BySide = Readonly<Record<Side, string>>;

const english = {
  objects: (count: number) => (count === 1 ? '1 object' : `${count} objects`),
  removed: (count: number) => `${count} objects deleted`,
  someLocked: (locked: number, of: number) => `${locked} of ${of} objects are locked by others`,
  someLockedDetail: 'They stay as they are.',
  copied: (count: number) => (count === 1 ? '1 object copied' : `${count} objects copied`),
  copyFailed: 'Your browser did not allow copying.',
  paste: {
    foreign: { title: 'There is nothing to paste', detail: 'The clipboard holds no objects of a scene.' },
    broken: { title: 'Nothing was pasted', detail: 'The objects in the clipboard cannot be read.' },
    'too-many': (most: number) => ({ title: 'Nothing was pasted', detail: `At most ${most} objects can be pasted at once.` }),
    unread: { title: 'The clipboard cannot be read', detail: 'Your browser does not allow it from here. Use the keys for pasting.' },
  },
  tools: {
    label: 'Handles and selection',
    modes: { move: 'Move', turn: 'Rotate', stretch: 'Scale' } satisfies Record<Mode, string>,
    snapping: 'Snap to steps',
    snappingHint: 'Snap to steps  N\nAlt turns it round',
    gathering: 'Select several',
    gatheringHint: 'Select several  B\nor hold Shift',
  },
  several: {
    title: 'Selected objects',
    mixed: 'different',
    arrange: 'Arrange',
    hide: 'Hide',
    show: 'Show',
    hidden: 'Hidden',
    lock: 'Lock all',
    unlock: 'Unlock all',
    sides: [
      { low: 'Align left (X)', middle: 'Align centres (X)', high: 'Align right (X)' },
      { low: 'Align bottoms (Y)', middle: 'Align middles (Y)', high: 'Align tops (Y)' },
      { low: 'Align backs (Z)', middle: 'Align centres (Z)', high: 'Align fronts (Z)' },
    ] as readonly [BySide, BySide, BySide],
    distribute: ['Distribute evenly (X)', 'Distribute evenly (Y)', 'Distribute evenly (Z)'] as readonly [string, string, string],
    ground: 'To the ground',
  },
  commands: {
    remove: 'Delete the selection',
    duplicate: 'Duplicate the selection',
    copy: 'Copy the selection',
    cut: 'Cut the selection',
    paste: 'Paste',
    all: 'Select everything',
    none: 'Select nothing',
    gather: 'Select several: switch on or off',
    lock: 'Lock or unlock the selection',
    fit: 'Show everything in the view',
    modes: { move: 'Move with handles', turn: 'Rotate with handles', stretch: 'Scale with handles' } satisfies Record<Mode, string>,
    snapping: 'Snap to steps: switch on or off',
    hide: 'Hide or show the selection',
    showAll: 'Show all hidden objects',
    ground: 'Put the selection on the ground',
    list: 'Open or close the list of objects',
  },
};

export type SceneMessages = typeof english;

const german: SceneMessages = {
  objects: (count) => (count === 1 ? '1 Objekt' : `${count} Objekte`),
  removed: (count) => `${count} Objekte gelöscht`,
  someLocked: (locked, of) => `${locked} von ${of} Objekten ${locked === 1 ? 'ist' : 'sind'} von anderen gesperrt`,
  someLockedDetail: 'Sie bleiben, wie sie sind.',
  copied: (count) => (count === 1 ? '1 Objekt kopiert' : `${count} Objekte kopiert`),
  copyFailed: 'Ihr Browser hat das Kopieren nicht erlaubt.',
  paste: {
    foreign: { title: 'Es gibt nichts einzufügen', detail: 'Die Zwischenablage enthält keine Objekte einer Szene.' },
    broken: { title: 'Es wurde nichts eingefügt', detail: 'Die Objekte in der Zwischenablage sind nicht lesbar.' },
    'too-many': (most) => ({ title: 'Es wurde nichts eingefügt', detail: `Auf einmal lassen sich höchstens ${most} Objekte einfügen.` }),
    unread: { title: 'Die Zwischenablage ist nicht lesbar', detail: 'Ihr Browser erlaubt es von hier aus nicht. Fügen Sie mit der Tastatur ein.' },
  },
  tools: {
    label: 'Griffe und Auswahl',
    modes: { move: 'Verschieben', turn: 'Drehen', stretch: 'Skalieren' },
    snapping: 'Einrasten',
    snappingHint: 'Einrasten  N\nAlt kehrt es um',
    gathering: 'Mehrere auswählen',
    gatheringHint: 'Mehrere auswählen  B\noder Umschalttaste halten',
  },
  several: {
    title: 'Ausgewählte Objekte',
    mixed: 'verschieden',
    arrange: 'Anordnen',
    hide: 'Ausblenden',
    show: 'Einblenden',
    hidden: 'Ausgeblendet',
    lock: 'Alle sperren',
    unlock: 'Alle entsperren',
    sides: [
      { low: 'Links ausrichten (X)', middle: 'Mittig ausrichten (X)', high: 'Rechts ausrichten (X)' },
      { low: 'Unten ausrichten (Y)', middle: 'Mittig ausrichten (Y)', high: 'Oben ausrichten (Y)' },
      { low: 'Hinten ausrichten (Z)', middle: 'Mittig ausrichten (Z)', high: 'Vorn ausrichten (Z)' },
    ],
    distribute: ['Gleichmäßig verteilen (X)', 'Gleichmäßig verteilen (Y)', 'Gleichmäßig verteilen (Z)'],
    ground: 'Auf den Boden',
  },
  commands: {
    remove: 'Auswahl löschen',
    duplicate: 'Auswahl duplizieren',
    copy: 'Auswahl kopieren',
    cut: 'Auswahl ausschneiden',
    paste: 'Einfügen',
    all: 'Alles auswählen',
    none: 'Auswahl aufheben',
    gather: 'Mehrfachauswahl ein- oder ausschalten',
    lock: 'Auswahl sperren oder entsperren',
    fit: 'Alles in der Ansicht zeigen',
    modes: { move: 'Mit Griffen verschieben', turn: 'Mit Griffen drehen', stretch: 'Mit Griffen skalieren' },
    snapping: 'Einrasten ein- oder ausschalten',
    hide: 'Auswahl aus- oder einblenden',
    showAll: 'Alle ausgeblendeten Objekte einblenden',
    ground: 'Auswahl auf den Boden stellen',
    list: 'Objektliste öffnen oder schließen',
  },
};

export const sceneCatalogues = { en: english, de: german };

/** What the tools of a scene say. */
export const sceneMessages: SceneMessages = inLanguage(sceneCatalogues);
