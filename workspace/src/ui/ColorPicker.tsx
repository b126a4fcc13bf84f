import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { hexToHsv, hsvToHex, isHexColor, type Hsv } from '../app/colors';
import { messages } from '../app/messages';

const text = messages.inspector;
const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** Any colour: shown while one tries (`onTry`), kept when one lets go (`onCommit`). */
export function ColorPicker({ value, onTry, onCommit }: { readonly value: string; readonly onTry: (color: string) => void; readonly onCommit: (color: string) => void }) {
  const [hsv, setHsv] = useState<Hsv>(() => hexToHsv(value));
  const [hex, setHex] = useState<string>();
  const latest = useRef(hsv);
  const shown = hsvToHex(hsv);

  const attempt = (next: Hsv) => {
    latest.current = next;
    setHsv(next);
    setHex(undefined);
    onTry(hsvToHex(next));
  };
  const commit = () => onCommit(hsvToHex(latest.current));

  const dragging = (place: (x: number, y: number) => Hsv) => {
    const move = (event: PointerEvent<HTMLDivElement>) => {
      const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
      attempt(place(clamp((event.clientX - left) / width), clamp((event.clientY - top) / height)));
    };
    return {
      onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      },
      onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
      },
      onPointerUp: commit,
    };
  };

  const nudged = (steps: Readonly<Record<string, Hsv>>) => (event: KeyboardEvent) => {
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    attempt(next);
    commit();
  };

  return (
    <div className="picker" data-testid="color-picker">
      <div
        className="picker-area"
        style={{ backgroundColor: hsvToHex({ h: hsv.h, s: 1, v: 1 }) }}
        role="slider"
        tabIndex={0}
        aria-label={text.shade}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(hsv.v * 100)}
        aria-valuetext={shown}
        {...dragging((x, y) => ({ ...latest.current, s: x, v: 1 - y }))}
        onKeyDown={nudged({
          ArrowRight: { ...hsv, s: clamp(hsv.s + 0.05) },
          ArrowLeft: { ...hsv, s: clamp(hsv.s - 0.05) },
          ArrowUp: { ...hsv, v: clamp(hsv.v + 0.05) },
          ArrowDown: { ...hsv, v: clamp(hsv.v - 0.05) },
        })}
      >
        <span className="picker-thumb" style={{ left: `${hsv.s * 100}%`, top: `${(1 - hsv.v) * 100}%`, backgroundColor: shown }} />
      </div>
      <div
        className="picker-hue"
        role="slider"
        tabIndex={0}
        aria-label={text.hue}
        aria-valuemin={0}
        aria-valuemax={360}
        aria-valuenow={Math.round(hsv.h)}
        {...dragging((x) => ({ ...latest.current, h: x * 359.9 }))}
        onKeyDown={nudged({ ArrowRight: { ...hsv, h: Math.min(359.9, hsv.h + 6) }, ArrowLeft: { ...hsv, h: Math.max(0, hsv.h - 6) } })}
      >
        <span className="picker-thumb" style={{ left: `${(hsv.h / 360) * 100}%`, top: '50%', backgroundColor: hsvToHex({ h: hsv.h, s: 1, v: 1 }) }} />
      </div>
      <input
        className="input picker-hex"
        aria-label={text.hex}
        data-testid="color-hex"
        autoComplete="off"
        spellCheck={false}
        value={hex ?? shown}
        onChange={(event) => setHex(event.currentTarget.value)}
        onBlur={() => setHex(undefined)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || hex === undefined) return;
          const color = hex.startsWith('#') ? hex.trim() : `#${hex.trim()}`;
          if (!isHexColor(color)) return;
          attempt(hexToHsv(color));
          onCommit(color.toLowerCase());
        }}
      />
    </div>
  );
}
