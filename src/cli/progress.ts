/** Shorter or smaller work needs no word before its end. */
const everyMs = 2_000;
const fewest = 1_000;

/** Says now and then how far long work is. `monotonic` in ms; what it hears is how much came to it. */
export const progress = (
  what: string,
  monotonic: () => number,
  say: (line: string) => void,
): ((more: number) => void) => {
  let [done, saidAt] = [0, monotonic()];
  return (more) => {
    done += more;
    if (done < fewest || monotonic() - saidAt < everyMs) return;
    saidAt = monotonic();
    say(`  ${done.toLocaleString('en-US')} ${what} so far …`);
  };
};
