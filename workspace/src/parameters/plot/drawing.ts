import { parameterMessages, plain, short } from '../messages';
import { parameterName, type Parameter } from '../parameterSet';
import { Chart, type Axis } from './Chart';
import { Easing } from './easing';
import { clockText, roundTicks, timeTicks } from './ticks';
import type { ValueHistory } from './valueHistory';
import { crossingsOf, heightAt, reachOf, WAVE_END, waveOf, WaveSamples, type Wave } from './wave';

const text = parameterMessages.plot;

/** What a plot says in words, when it has something new to say. */
export interface Voice {
  /** What is plotted. */
  readonly summary: (words: string) => void;
  /** What the pointer points at; undefined where it points at nothing. */
  readonly reading: (words: string | undefined) => void;
}

/** Something that is drawn from the parameters, picture after picture. */
export interface Drawing {
  /**
   * Draws the next picture, `seconds` after the last one.
   *
   * @returns whether it stays as it is while the parameters do
   */
  next(parameters: readonly Parameter[], seconds: number): boolean;
  recolor(): void;
  destroy(): void;
}

/** The damped wave, gliding after the sliders. */
export class WaveDrawing implements Drawing {
  private readonly samples = new WaveSamples();
  private readonly chart: Chart;
  private easing: Easing | undefined;
  private pointed: number | undefined;
  private shown: Wave = { mu: 0, omega: 0, kappa: 0 };
  private reach = 1;

  constructor(
    root: HTMLElement,
    private readonly voice: Voice,
  ) {
    this.chart = new Chart(root, {
      curves: 3,
      steps: false,
      onPoint: (index) => {
        this.pointed = index;
        this.tellPoint();
      },
    });
  }

  next(parameters: readonly Parameter[], seconds: number): boolean {
    const wave = waveOf(parameters);
    if (wave === undefined) return true;
    this.tell(wave);
    const targets = [wave.mu, wave.omega, wave.kappa, this.reach];
    this.easing ??= new Easing(targets);
    const arrived = this.easing.towards(targets, seconds);
    this.shown = { mu: this.easing.at(0), omega: this.easing.at(1), kappa: this.easing.at(2) };
    this.samples.sample(this.shown);
    const { t, y, above, below } = this.samples;
    this.chart.draw({ x: t, curves: [y, above, below], across: ACROSS, up: upTo(this.easing.at(3), this.reach) });
    this.tellPoint();
    return arrived;
  }

  recolor(): void {
    this.chart.recolor();
  }

  destroy(): void {
    this.chart.destroy();
    this.voice.reading(undefined);
  }

  /** Words are about where the sliders are, not about what glides there. */
  private tell(wave: Wave): void {
    this.reach = reachOf(this.samples.sample(wave));
    const { t, y } = this.samples.maximum();
    const crossings = crossingsOf(wave);
    const extent = wave.mu === 0 ? text.flat : `${text.maximum(short(y), short(t))} ${text.crossings(crossings.count, short(crossings.first))}`;
    this.voice.summary(`${text.waveAbout(short(wave.mu), short(wave.omega), short(wave.kappa))} ${extent}`);
  }

  private tellPoint(): void {
    const t = this.pointed === undefined ? undefined : this.samples.t[this.pointed];
    this.voice.reading(t === undefined ? undefined : text.waveReading(t.toFixed(2), short(heightAt(this.shown, t))));
  }
}

const ACROSS: Axis = { min: 0, max: WAVE_END, at: [0, 2, 4, 6, 8, 10], label: short };

function upTo(shown: number, reach: number): Axis {
  return { min: -shown, max: shown, at: [-1, -0.5, 0, 0.5, 1].map((each) => each * reach), label: short };
}

const SHORTEST_HISTORY = 30;

/** How one parameter moved since the page was opened. */
export class HistoryDrawing implements Drawing {
  private readonly chart: Chart;
  private pointed: number | undefined;
  private times: readonly number[] = [];
  private values: readonly number[] = [];
  private valueText: (value: number) => string = plain;

  constructor(
    root: HTMLElement,
    private readonly voice: Voice,
    private readonly history: ValueHistory,
    private readonly name: string,
  ) {
    this.chart = new Chart(root, {
      curves: 1,
      steps: true,
      onPoint: (index) => {
        this.pointed = index;
        this.tellPoint();
      },
    });
  }

  next(parameters: readonly Parameter[]): boolean {
    const parameter = parameters.find((each) => each.name === this.name);
    const course = this.history.courseOf(this.name);
    if (parameter === undefined || course === undefined) return true;
    this.valueText = textOf(parameter);
    const now = this.history.elapsed;
    this.times = [...course.times, now];
    this.values = [...course.values, course.values.at(-1) ?? 0];
    const end = Math.max(SHORTEST_HISTORY, now);
    const across = { min: 0, max: end, at: timeTicks(end, 6), label: clockText };
    this.chart.draw({ x: this.times, curves: [this.values], across, up: axisOf(parameter, course.least, course.most) });
    const { least, most, changes } = course;
    const about = text.historyAbout(parameterName(this.name), this.valueText(Number(parameter.value)));
    this.voice.summary(`${about} ${text.historyRange(this.valueText(least), this.valueText(most), changes)}`);
    this.tellPoint();
    return true;
  }

  recolor(): void {
    this.chart.recolor();
  }

  destroy(): void {
    this.chart.destroy();
    this.voice.reading(undefined);
  }

  private tellPoint(): void {
    const [time, value] = this.pointed === undefined ? [] : [this.times[this.pointed], this.values[this.pointed]];
    this.voice.reading(time === undefined || value === undefined ? undefined : text.reading(clockText(time), this.valueText(value)));
  }
}

function textOf(parameter: Parameter): (value: number) => string {
  const { on, off } = parameterMessages.list;
  if (parameter.kind === 'toggle') return (value) => (value === 0 ? off : on);
  return (value) => (parameter.unit === '' ? plain(value) : `${plain(value)} ${parameter.unit}`);
}

/** The parameter's range, and whatever it was beyond. */
function axisOf(parameter: Parameter, least: number, most: number): Axis {
  if (parameter.kind === 'toggle') return { min: -0.15, max: 1.15, at: [0, 1], label: textOf(parameter) };
  const [min, max] = [Math.min(parameter.min, least), Math.max(parameter.max, most)];
  const margin = (max - min) * 0.06;
  return { min: min - margin, max: max + margin, at: roundTicks(min, max, 5), label: short };
}
