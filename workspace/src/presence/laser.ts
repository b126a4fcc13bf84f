import type { Session } from '@chorale/client';
import type { StoreApi } from 'zustand/vanilla';
import { round } from '../scene/placement';
import type { Vector } from '../scene/sceneElement';
import type { CompanyState } from './company';
import type { Beam } from './signals';

/** Finds the spot under a place of the window, and the eye that looks at it; undefined where there is nothing to point at. */
export type Aim = (clientX: number, clientY: number) => Beam | undefined;

/** One's own laser: what it points at is shown to everybody as long as it is on. */
export class Laser {
  /** Where one's own laser points; read each frame, never through React. */
  spot: Vector | undefined;
  /** Offered by the scene while it is there. */
  aim: Aim | undefined;
  private keyIsDown = false;
  private pulled = false;
  private pointer: { readonly x: number; readonly y: number } | undefined;

  constructor(
    private readonly session: Pick<Session, 'setAwareness'>,
    private readonly store: StoreApi<CompanyState>,
    private readonly changed: () => void,
  ) {}

  /** Whether the laser's key is down, as the keyboard tells it: what is switched on with it goes off with it. */
  key(isDown: boolean): void {
    this.keyIsDown = isDown;
    if (isDown) return;
    this.pulled = false;
    if (this.store.getState().pointing === 'held') this.off();
  }

  /** Switches on or off; by its key, on as long as that is down. */
  pull(): void {
    // A key that is held repeats itself.
    if (this.keyIsDown && this.pulled) return;
    this.pulled = this.keyIsDown;
    if (this.store.getState().pointing !== 'off') this.off();
    else this.on(this.keyIsDown ? 'held' : 'on');
  }

  off(): void {
    if (this.store.getState().pointing === 'off') return;
    this.store.setState({ pointing: 'off' });
    this.spot = undefined;
    this.session.setAwareness({ laser: null });
    this.changed();
  }

  /** Where the pointer is, on or off: the laser begins there. */
  pointerAt(x: number, y: number): void {
    this.pointer = { x, y };
    if (this.store.getState().pointing !== 'off') this.point();
  }

  private on(pointing: 'held' | 'on'): void {
    this.store.setState({ pointing });
    this.session.setAwareness({ pointer: null });
    this.point();
  }

  private point(): void {
    const beam = this.pointer && this.aim?.(this.pointer.x, this.pointer.y);
    if (beam === undefined) return;
    const rounded = ([x, y, z]: Vector): Vector => [round(x), round(y), round(z)];
    this.spot = rounded(beam.to);
    this.session.setAwareness({ laser: { from: rounded(beam.from), to: this.spot } });
    this.changed();
  }
}
