// Many measurements of one thing -> the middle one and how far they spread.

/** The middle value; the mean of the two middle ones of an even number. NaN of nothing. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** `{ median, least, most, all }` of one field. */
export function summary(results, field) {
  const all = results.map((result) => result[field]);
  return { median: median(all), least: Math.min(...all), most: Math.max(...all), all };
}

/** Median of the ratios of each round, which is steadier than the ratio of medians when a round was slow. */
export function ratio(over, under, field) {
  const all = over.map((result, i) => result[field] / under[i][field]);
  return { median: median(all), least: Math.min(...all), most: Math.max(...all), all };
}
