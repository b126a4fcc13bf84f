import type { JsonObject, Participant, ParticipantStatus } from '@chorale/client';
import { isHexColor } from '../app/colors';
import { vectorOf, type Vector } from '../scene/sceneElement';
import { heldIn, type Held } from './drag';
import { beamOf, lookOf, objectOf, sinceOf, type Beam, type Look } from './signals';

export type { Look } from './signals';

export interface Selector {
  readonly participantId: string;
  readonly name: string;
  readonly color: string;
}

/** What somebody edits right now: an element, and a property of it where they say so. */
export interface Doing {
  readonly id: string;
  readonly property?: string;
}

/** What the others do right now, decoded once for each awareness frame, so that drawing only looks things up. */
export interface RemoteState {
  readonly pointers: ReadonlyMap<string, Vector>;
  /** What the others hold, by element. */
  readonly drags: ReadonlyMap<string, Held>;
  readonly selections: ReadonlyMap<string, readonly Selector[]>;
  readonly looks: ReadonlyMap<string, Look>;
  /** By participant. */
  readonly doing: ReadonlyMap<string, Doing>;
  /** Where the others' lasers point, by participant. */
  readonly beams: ReadonlyMap<string, Beam>;
  /** Whose voice is heard right now, by participant. */
  readonly speaking: ReadonlySet<string>;
  /** Whose view somebody follows, by who follows. */
  readonly following: ReadonlyMap<string, string>;
  /** Who asks everybody to look where they look, and since when. */
  readonly spotlights: ReadonlyMap<string, number>;
}

export const NOBODY: RemoteState = {
  pointers: new Map(),
  drags: new Map(),
  selections: new Map(),
  looks: new Map(),
  doing: new Map(),
  beams: new Map(),
  speaking: new Set(),
  following: new Map(),
  spotlights: new Map(),
};

export const FALLBACK_COLOR = '#8a8f98';
const MOST_SELECTED = 64;
/** Of the bytes that the server allows for awareness. */
const SELECTION_BYTES = 1200;

export function colorOf(participant: Pick<Participant, 'color'>): string {
  return isHexColor(participant.color) ? participant.color : FALLBACK_COLOR;
}

/** Whether somebody is there: what a newer server may tell besides counts as being there. */
export function statusOf({ status }: Pick<Participant, 'status'>): ParticipantStatus {
  return status === 'EDITING' || status === 'AWAY' || status === 'OFFLINE' ? status : 'ONLINE';
}

/** `before` lends its selector lists where nothing changed, so that only affected objects draw again. */
export function remoteState(
  awareness: ReadonlyMap<string, JsonObject>,
  participants: ReadonlyMap<string, Participant>,
  selfId: string | undefined,
  before: RemoteState,
): RemoteState {
  const pointers = new Map<string, Vector>();
  const drags = new Map<string, Held>();
  const looks = new Map<string, Look>();
  const selections = new Map<string, Selector[]>();
  const doing = new Map<string, Doing>();
  const beams = new Map<string, Beam>();
  const speaking = new Set<string>();
  const following = new Map<string, string>();
  const spotlights = new Map<string, number>();
  for (const [participantId, state] of awareness) {
    const participant = participants.get(participantId);
    if (participantId === selfId || participant === undefined) continue;

    // Whose connection is lost holds the seat and what is selected, but no hand moves any more.
    if (statusOf(participant) !== 'OFFLINE') {
      const pointer = vectorOf(objectOf(state['pointer'])['position']);
      if (pointer) pointers.set(participantId, pointer);

      for (const [id, held] of heldIn(state['drag'])) drags.set(id, held);

      const edited = doingOf(state['editing']) ?? doingOf(state['drag']);
      if (edited) doing.set(participantId, edited);

      const beam = beamOf(state['laser']);
      if (beam) beams.set(participantId, beam);

      if (state['speaking'] === true) speaking.add(participantId);
    }

    const look = lookOf(state['camera']);
    if (look) looks.set(participantId, look);

    const followed = state['following'];
    if (typeof followed === 'string' && participants.has(followed)) following.set(participantId, followed);

    const since = sinceOf(state['spotlight']);
    if (since !== undefined) spotlights.set(participantId, since);

    for (const elementId of selectionOf(state['selection'])) {
      const selectors = selections.get(elementId) ?? [];
      selectors.push({ participantId, name: participant.name, color: colorOf(participant) });
      selections.set(elementId, selectors);
    }
  }
  return {
    pointers,
    drags,
    looks,
    beams,
    selections: keepingUnchanged(selections, before.selections),
    doing: sameDoing(doing, before.doing),
    speaking: sameSet(speaking, before.speaking),
    following: sameMap(following, before.following),
    spotlights: sameMap(spotlights, before.spotlights),
  };
}

/** One's selection as awareness: the last selected come first, as many as the others show. */
export function selectionState(selection: readonly string[]): readonly string[] {
  const told: string[] = [];
  let bytes = 0;
  for (const id of [...selection].reverse().slice(0, MOST_SELECTED)) {
    bytes += id.length + 3;
    if (bytes > SELECTION_BYTES) break;
    told.push(id);
  }
  return told;
}

export function selectionOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const ids = value.slice(0, MOST_SELECTED).filter((id: unknown): id is string => typeof id === 'string');
  return [...new Set(ids)];
}

function doingOf(value: unknown): Doing | undefined {
  const { id, property } = objectOf(value);
  if (typeof id !== 'string') return undefined;
  return typeof property === 'string' ? { id, property } : { id };
}

function sameDoing(next: ReadonlyMap<string, Doing>, before: ReadonlyMap<string, Doing>): ReadonlyMap<string, Doing> {
  const same = [...next].every(([key, { id, property }]) => before.get(key)?.id === id && before.get(key)?.property === property);
  return same && next.size === before.size ? before : next;
}

function sameSet(next: ReadonlySet<string>, before: ReadonlySet<string>): ReadonlySet<string> {
  return next.size === before.size && [...next].every((each) => before.has(each)) ? before : next;
}

function sameMap<V>(next: ReadonlyMap<string, V>, before: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return next.size === before.size && [...next].every(([key, value]) => before.get(key) === value) ? before : next;
}

function keepingUnchanged(
  next: ReadonlyMap<string, readonly Selector[]>,
  before: ReadonlyMap<string, readonly Selector[]>,
): ReadonlyMap<string, readonly Selector[]> {
  let changed = next.size !== before.size;
  const kept = new Map<string, readonly Selector[]>();
  for (const [id, selectors] of next) {
    const known = before.get(id);
    const same = known !== undefined && sameSelectors(known, selectors);
    kept.set(id, same ? known : selectors);
    changed ||= !same;
  }
  return changed ? kept : before;
}

function sameSelectors(a: readonly Selector[], b: readonly Selector[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.participantId === b[index]?.participantId && one.color === b[index]?.color && one.name === b[index]?.name)
  );
}
