import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  Color,
  CylinderGeometry,
  DoubleSide,
  DynamicDrawUsage,
  Group,
  Mesh,
  MeshBasicMaterial,
  SphereGeometry,
  Vector3,
  type Camera,
} from 'three';
import type { Beam } from '../../presence/signals';
import { apparentSize } from '../CameraRig';
import type { MutableVector } from '../motion';
import type { Vector } from '../sceneElement';
import { headSize } from './headSize';
import { glide } from './viewPose';
import { Trail } from './trail';

/** Per second: a pointing hand is quicker than a camera. */
const RATE = 22;
const MOST_PRINTS = 48;
const TRAIL_MS = 650;
/** Shares of the distance to the eye, so that a laser is as thick near and far. */
const [BEAM_WIDTH, SPOT_WIDTH, TRAIL_WIDTH] = [0.0028, 0.0085, 0.0065];

/** Along +Z from 0 to 1, thinner where the hand is. */
const BEAM = new CylinderGeometry(1, 0.35, 1, 10, 1, true).rotateX(Math.PI / 2).translate(0, 0, 0.5);
const SPOT = new SphereGeometry(1, 20, 14);
const ignoreRays = () => undefined;

const hand = new Vector3();
const end = new Vector3();
const print = new Vector3();
const before = new Vector3();
const way = new Vector3();
const sight = new Vector3();

export interface Moment {
  readonly color: string;
  /** As `performance.now()` tells it. */
  readonly now: number;
  readonly seconds: number;
  readonly camera: Camera;
  /** One's own begins at one's own eye, where it cannot be seen. */
  readonly isOwn: boolean;
  /** Whether nothing is to move but what somebody moves. */
  readonly calm: boolean;
}

/** One laser as it is drawn. It stays a moment longer than somebody points: the trail fades. */
export class LaserRay {
  readonly group = new Group();
  private readonly trail = new Trail(MOST_PRINTS, TRAIL_MS);
  private readonly color = new Color();
  private readonly light = new MeshBasicMaterial({ toneMapped: false, transparent: true, opacity: 0.7, depthWrite: false });
  private readonly solid = new MeshBasicMaterial({ toneMapped: false });
  private readonly glow = new MeshBasicMaterial({ toneMapped: false, transparent: true, opacity: 0.35, depthWrite: false, blending: AdditiveBlending });
  private readonly ribbon = new MeshBasicMaterial({ toneMapped: false, transparent: true, vertexColors: true, depthWrite: false, side: DoubleSide });
  private readonly beam = new Mesh(BEAM, this.light);
  private readonly spot = new Mesh(SPOT, this.solid);
  private readonly halo = new Mesh(SPOT, this.glow);
  private readonly streak: Mesh<BufferGeometry>;
  private readonly corners = new BufferAttribute(new Float32Array(MOST_PRINTS * 6), 3).setUsage(DynamicDrawUsage);
  private readonly shades = new BufferAttribute(new Float32Array(MOST_PRINTS * 8), 4).setUsage(DynamicDrawUsage);
  private from: MutableVector | undefined;
  private to: MutableVector = { x: 0, y: 0, z: 0 };

  constructor() {
    const geometry = new BufferGeometry().setAttribute('position', this.corners).setAttribute('color', this.shades).setIndex(quads(MOST_PRINTS));
    this.streak = new Mesh(geometry, this.ribbon);
    this.group.add(this.beam, this.spot, this.halo, this.streak);
    for (const part of [this.beam, this.spot, this.halo, this.streak]) {
      part.raycast = ignoreRays;
      part.frustumCulled = false;
    }
    this.group.visible = false;
  }

  /** Draws the next frame; true while there is more to move or to fade. */
  step(beam: Beam | undefined, moment: Moment): boolean {
    const { now, camera, isOwn } = moment;
    const moves = beam !== undefined && this.follow(beam, moment);
    if (beam === undefined) this.from = undefined;
    this.tint(moment.color);
    this.beam.visible = beam !== undefined && !isOwn;
    this.spot.visible = this.halo.visible = beam !== undefined;
    if (this.from) this.point(camera, this.from);
    this.drawTrail(now, camera);
    this.group.visible = beam !== undefined || !this.trail.isGone(now);
    return moves || !this.trail.isGone(now);
  }

  /** Whether nothing of it is left to be seen. */
  isGone(now: number): boolean {
    return this.from === undefined && this.trail.isGone(now);
  }

  dispose(): void {
    this.streak.geometry.dispose();
    for (const material of [this.light, this.solid, this.glow, this.ribbon]) material.dispose();
  }

  private follow({ from, to }: Beam, { now, seconds, isOwn, calm }: Moment): boolean {
    const isNew = this.from === undefined;
    this.from ??= { x: from[0], y: from[1], z: from[2] };
    const share = isNew || isOwn || calm ? 1 : 1 - Math.exp(-RATE * seconds);
    const fromMoves = glide(this.from, from, share);
    const moves = glide(this.to, to, share) || fromMoves;
    if (isNew) this.trail.clear();
    if (!calm) this.trail.add([this.to.x, this.to.y, this.to.z], now);
    return moves;
  }

  private tint(hex: string): void {
    this.color.set(hex);
    for (const material of [this.light, this.solid, this.glow]) material.color.copy(this.color);
  }

  private point(camera: Camera, from: MutableVector): void {
    hand.set(from.x, from.y, from.z);
    hand.y -= headSize(camera, hand) * 0.45;
    end.set(this.to.x, this.to.y, this.to.z);
    const size = apparentSize(camera, end);
    this.beam.position.copy(hand);
    this.beam.lookAt(end);
    this.beam.scale.set(size * BEAM_WIDTH, size * BEAM_WIDTH, Math.max(1e-3, hand.distanceTo(end)));
    this.spot.position.copy(end);
    this.spot.scale.setScalar(size * SPOT_WIDTH);
    this.halo.position.copy(end);
    this.halo.scale.setScalar(size * SPOT_WIDTH * 2.1);
  }

  /** A ribbon through where the spot was, narrower and fainter the longer ago that is; it faces the eye. */
  private drawTrail(now: number, camera: Camera): void {
    let count = 0;
    const { r, g, b } = this.color;
    before.set(this.to.x, this.to.y, this.to.z);
    this.trail.each(now, (at: Vector, strength: number) => {
      print.set(...at);
      way.subVectors(before, print);
      sight.subVectors(camera.position, print);
      way.cross(sight);
      if (way.lengthSq() > 0) way.normalize().multiplyScalar(apparentSize(camera, print) * TRAIL_WIDTH * strength);
      this.corners.setXYZ(count * 2, print.x + way.x, print.y + way.y, print.z + way.z);
      this.corners.setXYZ(count * 2 + 1, print.x - way.x, print.y - way.y, print.z - way.z);
      this.shades.setXYZW(count * 2, r, g, b, strength * 0.6);
      this.shades.setXYZW(count * 2 + 1, r, g, b, strength * 0.6);
      before.copy(print);
      count += 1;
    });
    this.streak.visible = count > 1;
    this.streak.geometry.setDrawRange(0, Math.max(0, count - 1) * 6);
    if (count < 2) return;
    this.corners.needsUpdate = true;
    this.shades.needsUpdate = true;
  }
}

/** Two triangles between each pair of neighbours. */
function quads(pairs: number): number[] {
  const index: number[] = [];
  for (let pair = 0; pair < pairs - 1; pair++) {
    const first = pair * 2;
    index.push(first, first + 1, first + 2, first + 1, first + 3, first + 2);
  }
  return index;
}
