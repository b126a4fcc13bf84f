const STEPS = [1, 2, 2.5, 5, 10] as const;
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400] as const;
const MOST = 12;

/** Round numbers from min to max, about `count` of them. */
export function roundTicks(min: number, max: number, count: number): readonly number[] {
  const wanted = (max - min) / count;
  if (!(wanted > 0) || !Number.isFinite(wanted)) return [];
  const power = 10 ** Math.floor(Math.log10(wanted));
  return multiples((STEPS.find((each) => each * power >= wanted) ?? 10) * power, min, max);
}

/** Full seconds, minutes or hours from 0 to `end` seconds, about `count` of them. */
export function timeTicks(end: number, count: number): readonly number[] {
  return multiples(SECONDS.find((each) => each >= end / count) ?? Math.ceil(end / count), 0, end);
}

function multiples(step: number, min: number, max: number): readonly number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, Math.min(MOST, last - first + 1)) }, (_, index) => (first + index) * step);
}

/** Seconds as minutes and seconds: 1:05. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
