const SUB_BUCKET_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
const MAX_MICROSECONDS = 2 ** 31 - 1;
const BUCKETS = (31 - SUB_BUCKET_BITS) * SUB_BUCKETS + SUB_BUCKETS;

/**
 * Latencies in buckets that grow with what they hold, after HdrHistogram: microseconds up to 256, above that within 1/128,
 * up to 35 minutes. Recording allocates nothing, however long a run is.
 */
export class Histogram {
  #buckets = new Float64Array(BUCKETS);
  #sum = 0;
  count = 0;
  /** In milliseconds, exact; 0 while nothing was recorded. */
  max = 0;

  /** @param {number} milliseconds below 0 counts as 0 */
  record(milliseconds) {
    const microseconds = Math.min(MAX_MICROSECONDS, Math.max(0, Math.round(milliseconds * 1000)));
    const bucket = bucketOf(microseconds);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.count += 1;
    this.#sum += milliseconds;
    if (milliseconds > this.max) this.max = milliseconds;
  }

  /**
   * What so large a share of all samples does not exceed, in milliseconds: the upper end of its bucket, at most the maximum.
   *
   * @param {number} share above 0, at most 1
   * @returns {number | null} null without samples
   */
  quantile(share) {
    if (this.count === 0) return null;
    const wanted = Math.ceil(share * this.count);
    let below = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      below += this.#buckets[bucket] ?? 0;
      if (below >= wanted) return Math.min(upperEnd(bucket) / 1000, this.max);
    }
    return this.max;
  }

  /** All that is reported, in milliseconds with four significant digits. */
  summary() {
    return {
      n: this.count,
      mean: this.count === 0 ? null : significant(this.#sum / this.count),
      p50: significant(this.quantile(0.5)),
      p95: significant(this.quantile(0.95)),
      p99: significant(this.quantile(0.99)),
      p999: significant(this.quantile(0.999)),
      max: this.count === 0 ? null : significant(this.max),
    };
  }
}

/** @typedef {ReturnType<Histogram['summary']>} Latency */

/** @param {number} microseconds */
function bucketOf(microseconds) {
  const shift = Math.max(0, 31 - Math.clz32(microseconds) - SUB_BUCKET_BITS);
  return (shift << SUB_BUCKET_BITS) + (microseconds >>> shift);
}

/** The largest number of microseconds in a bucket. @param {number} bucket */
function upperEnd(bucket) {
  const shift = Math.max(0, (bucket >>> SUB_BUCKET_BITS) - 1);
  const mantissa = bucket - (shift << SUB_BUCKET_BITS);
  return (mantissa + 1) * 2 ** shift - 1;
}

/** @param {number | null} value */
function significant(value) {
  return value === null ? null : Number(value.toPrecision(4));
}
