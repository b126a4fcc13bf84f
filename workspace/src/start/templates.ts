import type { JsonObject } from '@chorale/client';
import { definitionProperty, PARAMETERS, PARAMETERS_ID } from '../parameters/parameterSet';
import type { Vector } from '../scene/sceneElement';
import type { FileElement, SessionFile } from '../transfer/sessionFile';
import { templateMessages as text } from './messages';

/** What a new session can begin with, beside nothing and a file of one's own. */
export interface Template {
  readonly id: string;
  readonly name: string;
  /** Read like a file that somebody brings, so that it can hold nothing that a file cannot. */
  readonly file: SessionFile;
}

interface Placed {
  readonly at: Vector;
  readonly size?: Vector;
  readonly turn?: number;
  readonly parent?: string;
}

const WOOD = '#c08a5a';
const CLAY = '#e07a5f';
const SEA = '#2a9d8f';

/** The templates of one kind of session, in the order in which they are offered. */
export function templatesOf(kind: string): readonly Template[] {
  return TEMPLATES.filter(({ file }) => file.kind === kind);
}

export function templateNamed(id: string): Template | undefined {
  return TEMPLATES.find((template) => template.id === id);
}

function meetingRoom(): readonly FileElement[] {
  const { room: names } = text;
  const legs = ([[-1.3, -0.55], [1.3, -0.55], [-1.3, 0.55], [1.3, 0.55]] as const).map(([x, z], index) =>
    body(`leg-${index}`, 'cylinder', `${names.leg} ${index + 1}`, WOOD, { at: [x, -0.37, z], size: [0.09, 0.7, 0.09], parent: 'table' }),
  );
  const chairs = ([[-0.8, 1.3, 0], [0.8, 1.3, 0], [-0.8, -1.3, Math.PI], [0.8, -1.3, Math.PI]] as const).flatMap(([x, z, turn], index) => {
    const chair = `chair-${index}`;
    return [
      group(chair, `${names.chair} ${index + 1}`, { at: [x, 0.45, z], turn }),
      body(`${chair}-seat`, 'box', names.seat, SEA, { at: [0, 0, 0], size: [0.5, 0.08, 0.5], parent: chair }),
      body(`${chair}-back`, 'box', names.back, SEA, { at: [0, 0.35, 0.22], size: [0.5, 0.6, 0.06], parent: chair }),
      body(`${chair}-foot`, 'cylinder', names.foot, '#3d4543', { at: [0, -0.23, 0], size: [0.12, 0.42, 0.12], parent: chair }),
    ];
  });
  return [
    body('floor', 'box', names.floor, '#e9e3d8', { at: [0, -0.05, 0], size: [7, 0.1, 5.5] }),
    body('wall', 'box', names.wall, '#f4f1ea', { at: [0, 1.25, -2.75], size: [7, 2.5, 0.1] }),
    body('screen', 'box', names.screen, '#3d4543', { at: [0, 1.5, -2.66], size: [2.2, 1.2, 0.05] }),
    group('table', names.table, { at: [0, 0.75, 0] }),
    body('top', 'box', names.top, WOOD, { at: [0, 0, 0], size: [2.8, 0.06, 1.3], parent: 'table' }),
    ...legs,
    ...chairs,
    group('plant', names.plant, { at: [2.9, 0, -2.2] }),
    body('pot', 'cylinder', names.pot, CLAY, { at: [0, 0.25, 0], size: [0.5, 0.5, 0.5], parent: 'plant' }),
    body('leaves', 'cone', names.leaves, '#5a9e4b', { at: [0, 1, 0], size: [0.8, 1.1, 0.8], parent: 'plant' }),
  ].map(inOrder);
}

function planets(): readonly FileElement[] {
  const { planets: names } = text;
  const planet = (id: string, name: string, color: string, distance: number, size: number, angle: number) =>
    body(id, 'sphere', name, color, { at: [rounded(distance * Math.cos(angle)), 1, rounded(distance * Math.sin(angle))], size: [size, size, size], parent: 'system' });
  return [
    group('system', names.system, { at: [0, 0.6, 0] }),
    body('sun', 'sphere', names.sun, '#f2b134', { at: [0, 1, 0], size: [2, 2, 2], parent: 'system' }),
    planet('mercury', names.mercury, '#9aa19d', 1.8, 0.25, 0.4),
    planet('venus', names.venus, '#d9b26f', 2.6, 0.4, 2.2),
    planet('earth', names.earth, '#3f88c5', 3.6, 0.45, 4.1),
    body('moon', 'sphere', names.moon, '#c9cdc9', { at: [0.9, 0.3, 0], size: [0.3, 0.3, 0.3], parent: 'earth' }),
    planet('mars', names.mars, '#c8553d', 4.6, 0.35, 5.6),
    planet('jupiter', names.jupiter, '#c08a5a', 6.2, 1, 1.1),
  ].map(inOrder);
}

function climate(): readonly FileElement[] {
  const numbers: readonly (readonly [name: string, value: number, min: number, max: number, step: number, unit: string])[] = [
    [text.climate.temperature, 21, 15, 28, 0.5, '°C'],
    [text.climate.humidity, 45, 20, 80, 1, '%'],
    [text.climate.brightness, 400, 0, 1000, 10, 'lx'],
  ];
  const props: JsonObject = {
    ...Object.fromEntries(numbers.flatMap(([name, value, min, max, step, unit]) => [[name, value], [definitionProperty(name), { min, max, step, unit }]])),
    [text.climate.windows]: false,
  };
  return [{ id: PARAMETERS_ID, type: PARAMETERS, parent: null, order: 0, props }];
}

function body(id: string, type: string, name: string, color: string, placed: Placed): FileElement {
  return element(id, type, { name, color }, placed);
}

function group(id: string, name: string, placed: Placed): FileElement {
  return element(id, 'group', { name }, placed);
}

function element(id: string, type: string, look: JsonObject, { at, size = [1, 1, 1], turn = 0, parent }: Placed): FileElement {
  return { id, type, parent: parent ?? null, order: 0, props: { ...look, position: [...at], rotation: [0, turn, 0], scale: [...size] } };
}

function inOrder(each: FileElement, order: number): FileElement {
  return { ...each, order };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const TEMPLATES: readonly Template[] = [
  { id: 'room', name: text.room.name, file: { name: text.room.name, kind: 'scene', elements: meetingRoom() } },
  { id: 'planets', name: text.planets.name, file: { name: text.planets.name, kind: 'scene', elements: planets() } },
  { id: 'climate', name: text.climate.name, file: { name: text.climate.name, kind: 'parameters', elements: climate() } },
];
