/** A rectangle of the window, in CSS pixels. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a hint stands, and where along its edge it points at what it is about. */
export interface Anchored {
  readonly left: number;
  readonly top: number;
  readonly side: 'above' | 'below';
  /** From the hint's left; undefined where the hint had to give way and does not stand at what it is about. */
  readonly arrow: number | undefined;
}

const GAP = 14;
const MARGIN = 12;
/** As near to a corner as an arrow can stand. */
const CORNER = 22;

/** Above what it is about where there is room, else below; never on it, and never beyond what is free. */
export function anchored(anchor: Rect, hint: Size, within: Size): Anchored {
  const middle = anchor.left + anchor.width / 2;
  const left = clamp(middle - hint.width / 2, MARGIN, within.width - hint.width - MARGIN);
  const above = anchor.top - GAP - hint.height;
  const side = above >= MARGIN ? 'above' : 'below';
  return {
    left,
    top: side === 'above' ? above : anchor.top + anchor.height + GAP,
    side,
    arrow: middle > left + hint.width ? undefined : clamp(middle - left, CORNER, hint.width - CORNER),
  };
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
