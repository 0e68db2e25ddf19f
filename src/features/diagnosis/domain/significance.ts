/** Of those that are counted: how many are bad, and how many there are. */
export interface Share {
  readonly badly: number;
  readonly counted: number;
}

export const shareOf = ({ badly, counted }: Share): number => (counted === 0 ? 0 : badly / counted);

/**
 * How likely it is that chance alone puts so many of the bad ones inside, or more: the one-sided exact test of Fisher,
 * as a logarithm to base ten. 0 = nothing speaks for the inside.
 */
export const logChance = (inside: Share, outside: Share): number => {
  const all = inside.counted + outside.counted;
  const bad = inside.badly + outside.badly;
  const most = Math.min(bad, inside.counted);
  if (inside.badly === 0 || inside.counted === 0) return 0;
  const total = logChoose(all, bad);
  const first = logOf(inside.badly, inside.counted, all, bad) - total;
  let sum = 1;
  let term = 1;
  for (let at = inside.badly; at < most; at += 1) {
    term *= ((inside.counted - at) * (bad - at)) / ((at + 1) * (outside.counted - bad + at + 1));
    sum += term;
    if (term < sum * 1e-9) break;
  }
  return Math.min(0, (first + Math.log(sum)) / Math.LN10);
};

const logOf = (badly: number, counted: number, all: number, bad: number): number =>
  logChoose(counted, badly) + logChoose(all - counted, bad - badly);

const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k);

const small = (() => {
  const sums = [0];
  for (let n = 1; n < 256; n += 1) sums.push((sums[n - 1] ?? 0) + Math.log(n));
  return sums;
})();

/** By Stirling's series, which is exact to ten digits from here on. */
const logFactorial = (n: number): number =>
  small[n] ??
  (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
