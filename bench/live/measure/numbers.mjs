/** @param {number} value @param {number} digits behind the point */
export function rounded(value, digits) {
  return Number(value.toFixed(digits));
}

/** The middle one, or the mean of the two in the middle; null of nothing. @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[half - 1], sorted[half]];
  if (above === undefined) return null;
  return sorted.length % 2 === 1 || below === undefined ? above : (below + above) / 2;
}
