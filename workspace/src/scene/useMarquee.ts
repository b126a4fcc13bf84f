import { useEffect, useRef, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import { useWorkspace } from '../session/WorkspaceContext';
import type { Press } from './press';

const CLICK_PIXELS = 5;

/** Whether a press adds to the selection instead of replacing it. */
export function gathers({ shiftKey, ctrlKey, metaKey }: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }, gathering: boolean): boolean {
  return shiftKey || ctrlKey || metaKey || gathering;
}

/**
 * A drag with the shift key, or while several are being selected, draws a frame; what is inside of it when it is let go is
 * added to the selection. Answers what to do when a pointer goes down on the scene, before anything in it hears of that.
 */
export function useMarquee(press: Press, box: RefObject<HTMLElement | null>): (event: ReactPointerEvent) => void {
  const workspace = useWorkspace();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  return (down) => {
    const { gathering } = workspace.store.getState();
    if (down.button !== 0 || !down.isPrimary || !(down.shiftKey || gathering)) return;
    stop.current?.();
    const scene = down.currentTarget.getBoundingClientRect();
    const from = { x: down.clientX - scene.left, y: down.clientY - scene.top };
    let drawn = false;
    workspace.view?.turns(false);

    const move = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId || press.onGizmo || workspace.dragging.isOn) return;
      const frame = frameOf(from, { x: event.clientX - scene.left, y: event.clientY - scene.top });
      drawn ||= Math.hypot(frame.right - frame.left, frame.bottom - frame.top) > CLICK_PIXELS;
      if (drawn && box.current) show(box.current, frame);
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      if (drawn) {
        const frame = frameOf(from, { x: event.clientX - scene.left, y: event.clientY - scene.top });
        workspace.selection.addPicked(workspace.view?.inside(frame) ?? []);
      }
      end();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drawn) return;
      event.stopPropagation();
      end();
    };
    const end = () => {
      stop.current = undefined;
      workspace.view?.turns(true);
      if (box.current) box.current.hidden = true;
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', key, true);
    };
    stop.current = end;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', key, true);
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function frameOf(a: Point, b: Point) {
  return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), right: Math.max(a.x, b.x), bottom: Math.max(a.y, b.y) };
}

function show(box: HTMLElement, { left, top, right, bottom }: ReturnType<typeof frameOf>): void {
  box.hidden = false;
  box.style.transform = `translate(${left}px, ${top}px)`;
  box.style.width = `${right - left}px`;
  box.style.height = `${bottom - top}px`;
}
