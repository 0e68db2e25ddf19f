// Loaded into a measured program before its own code: tells its parent what it has taken so far.

export interface Gauge {
  readonly cpuMs: number;
  readonly rssMb: number;
  /** Of it what JavaScript's values take. */
  readonly heapMb: number;
}

process.on('message', (asked) => {
  // What could be collected is not memory that the program needs.
  if (asked === 'after collection') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const gauge: Gauge = {
    cpuMs: (user + system) / 1000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
  };
  process.send?.(gauge);
});

// The parent is gone: nobody is left to end it.
process.on('disconnect', () => process.exit());
