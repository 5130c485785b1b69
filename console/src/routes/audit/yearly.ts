import dayjs from 'dayjs';

/** The same days a year before. */
export function yearBefore(day: string): string {
  return dayjs(day).subtract(1, 'year').format('YYYY-MM-DD');
}

/** `part` of `whole` in hundredths, rounded half up, as text: `71.82`. */
function hundredths(part: bigint, whole: bigint): string {
  const found = (part * 200n + whole) / (whole * 2n);
  const digits = found.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What share of the whole a part is: `71.82%`; nothing where there is no whole. */
export function share(part: bigint, whole: bigint): string {
  return whole > 0n ? `${hundredths(part * 100n, whole)}%` : '';
}

/**
 * The growth against the year before (同比), as annual reports say it: `同比增长34.91%`; nothing
 * where there was none the year before.
 */
export function growth(now: bigint, before: bigint): string {
  if (before <= 0n) return '';
  if (now === before) return '同比持平';
  const by = now > before ? now - before : before - now;
  return `同比${now > before ? '增长' : '下降'}${share(by, before)}`;
}

/**
 * A count as annual reports print it: from ten thousand on in 万 with at most two decimals, such as
 * `12.67万` and `1089.2万`; `unit` is how much of it is one.
 */
export function inWan(value: bigint, unit = 1n): string {
  return `${hundredths(value, unit * 10_000n).replace(/\.?0+$/, '')}万`;
}

/** Whether a value is large enough to be said in 万. */
export const isLarge = (value: bigint, unit = 1n) => value >= unit * 10_000n;
