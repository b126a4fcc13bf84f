import { inLanguage } from '../app/language';

const english = {
  tree: 'Objects, several can be selected',
  filter: 'Filter objects',
  noMatch: 'Nothing is called like this.',
  expand: (name: string) => `Show what is in ${name}`,
  collapse: (name: string) => `Fold ${name}`,
  hide: (name: string) => `Hide ${name}`,
  show: (name: string) => `Show ${name}`,
  lock: (name: string) => `Lock ${name}`,
  unlock: (name: string) => `Unlock ${name}`,
  rename: (name: string) => `New name of ${name}`,
  dragging: (count: number) => (count === 1 ? '1 object' : `${count} objects`),
  keys: 'Arrow keys go through the tree, Enter selects, F2 renames. With Alt, up and down reorder, right puts into the group above, left takes out.',
  moved: {
    up: (name: string) => `${name} moved up`,
    down: (name: string) => `${name} moved down`,
    into: (name: string, group: string) => `${name} is in ${group} now`,
    out: (name: string) => `${name} taken out`,
    not: 'It cannot go there.',
  },
  breadcrumb: 'Group that you are in',
  scene: 'Scene',
  group: 'Group',
  ungroup: 'Ungroup',
  commands: {
    group: 'Group the selection',
    ungroup: 'Ungroup the selection',
    enter: 'Go into the selected group',
    up: 'Move up in the list',
    down: 'Move down in the list',
    into: 'Move into the group above in the list',
    out: 'Move out of the group',
  },
};

export type OutlineMessages = typeof english;

const german: OutlineMessages = {
  tree: 'Objekte, mehrere auswählbar',
  filter: 'Objekte filtern',
  noMatch: 'So heißt nichts.',
  expand: (name) => `Inhalt von ${name} zeigen`,
  collapse: (name) => `${name} zuklappen`,
  hide: (name) => `${name} ausblenden`,
  show: (name) => `${name} einblenden`,
  lock: (name) => `${name} sperren`,
  unlock: (name) => `${name} entsperren`,
  rename: (name) => `Neuer Name von ${name}`,
  dragging: (count) => (count === 1 ? '1 Objekt' : `${count} Objekte`),
  keys: 'Pfeiltasten gehen durch den Baum, die Eingabetaste wählt aus, F2 benennt um. Mit Alt: auf und ab ordnet um, rechts legt in die Gruppe darüber, links nimmt heraus.',
  moved: {
    up: (name) => `${name} nach oben verschoben`,
    down: (name) => `${name} nach unten verschoben`,
    into: (name, group) => `${name} ist jetzt in ${group}`,
    out: (name) => `${name} herausgenommen`,
    not: 'Dorthin geht es nicht.',
  },
  breadcrumb: 'Gruppe, in der Sie sind',
  scene: 'Szene',
  group: 'Gruppieren',
  ungroup: 'Gruppe auflösen',
  commands: {
    group: 'Auswahl gruppieren',
    ungroup: 'Ausgewählte Gruppe auflösen',
    enter: 'In die ausgewählte Gruppe gehen',
    up: 'In der Liste nach oben',
    down: 'In der Liste nach unten',
    into: 'In die Gruppe darüber legen',
    out: 'Aus der Gruppe nehmen',
  },
};

export const outlineCatalogues = { en: english, de: german };

/** What the tree of a scene says. */
export const outlineMessages: OutlineMessages = inLanguage(outlineCatalogues);
