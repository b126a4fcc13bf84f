import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Axis {
  readonly min: number;
  readonly max: number;
  /** Where its lines are. */
  readonly at: readonly number[];
  readonly label: (value: number) => string;
}

/** One picture: a curve, and with it, where there is one, the envelope that it stays within. */
export interface Picture {
  readonly x: Float64Array | readonly number[];
  readonly curves: readonly (Float64Array | readonly number[])[];
  readonly across: Axis;
  readonly up: Axis;
}

interface Colors {
  readonly ink: string;
  readonly line: string;
  readonly faint: string;
  readonly accent: string;
}

const AXIS_HEIGHT = 30;
const AXIS_WIDTH = 58;
const EMPTY: Axis = { min: 0, max: 1, at: [], label: String };

/** A line plot in the page's colours. It draws when it is told to, never by itself. */
export class Chart {
  private readonly plot: uPlot;
  private readonly resizing: ResizeObserver;
  private colors: Colors = { ink: '#000', line: '#ccc', faint: '#888', accent: '#000' };
  private across = EMPTY;
  private up = EMPTY;

  /**
   * @param curves how many curves a picture has: the first is the one that is read, the others accompany it
   * @param steps whether a value holds until the next one
   * @param onPoint what the pointer points at, as an index; undefined when it left
   */
  constructor(
    private readonly root: HTMLElement,
    { curves, steps, onPoint }: { readonly curves: number; readonly steps: boolean; readonly onPoint: (index: number | undefined) => void },
  ) {
    this.readColors();
    const stepped = steps ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
    const font = `12px ${getComputedStyle(root).fontFamily}`;
    const axis = { font, stroke: () => this.colors.ink, ticks: { show: false }, border: { show: false }, gap: 8 };
    const grid = { stroke: () => this.colors.line, width: 1 };
    this.plot = new uPlot(
      {
        ...this.room(),
        padding: [10, 14, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, width: 2, stroke: () => this.colors.accent, fill: () => this.colors.accent } },
        scales: {
          x: { time: false, range: () => [this.across.min, this.across.max] },
          y: { range: () => [this.up.min, this.up.max] },
        },
        axes: [
          { ...axis, grid, size: AXIS_HEIGHT, splits: () => [...this.across.at], values: (_, at) => at.map((each) => this.across.label(each)) },
          { ...axis, grid, size: AXIS_WIDTH, splits: () => [...this.up.at], values: (_, at) => at.map((each) => this.up.label(each)) },
        ],
        series: [
          {},
          { stroke: () => this.colors.accent, fill: () => `${this.colors.accent}1c`, width: 2.5, points: { show: false }, ...(stepped && { paths: stepped }) },
          ...Array.from({ length: curves - 1 }, () => ({ stroke: () => this.colors.faint, width: 1, dash: [4, 5], points: { show: false } })),
        ],
        hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
      },
      [[], ...Array.from({ length: curves }, () => [])] as uPlot.AlignedData,
      root,
    );
    this.resizing = new ResizeObserver(() => this.plot.setSize(this.room()));
    this.resizing.observe(root);
  }

  draw({ x, curves, across, up }: Picture): void {
    this.across = across;
    this.up = up;
    this.plot.setData([x, ...curves] as uPlot.AlignedData);
  }

  /** Takes the page's colours as they are now. */
  recolor(): void {
    this.readColors();
    this.plot.redraw();
  }

  destroy(): void {
    this.resizing.disconnect();
    this.plot.destroy();
  }

  private room(): { readonly width: number; readonly height: number } {
    return { width: Math.max(1, this.root.clientWidth), height: Math.max(1, this.root.clientHeight) };
  }

  private readColors(): void {
    const style = getComputedStyle(this.root);
    const color = (name: string) => style.getPropertyValue(name).trim();
    this.colors = { ink: color('--ink-2'), line: color('--line'), faint: color('--ink-3'), accent: color('--accent') };
  }
}
