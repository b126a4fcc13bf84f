import { Bench } from '../live/scenarios/bench.mjs';
import { SplitMeter } from './splitMeter.mjs';

/** What the scenarios of one server need, with each session's clients on all nodes in turn. */
export class ClusterBench extends Bench {
  #urls;

  /**
   * @param {import('../live/scenarios/bench.mjs').Options} options
   * @param {import('./cluster.mjs').Cluster} cluster
   * @param {(text: string) => void} log what is told while it runs
   */
  constructor(options, cluster, log) {
    super(options, cluster, log);
    this.#urls = cluster.urls;
    this.meter = new SplitMeter(cluster.urls.length);
  }

  /** @override */
  get world() {
    return { ...super.world, urls: this.#urls };
  }
}
