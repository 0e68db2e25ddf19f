import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startDemo } from './start-demo.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const fail = (sentence: string): void => {
  console.error(sentence);
  process.exitCode = 1;
};

const stopping = new AbortController();
const stopped = once(stopping.signal, 'abort');
const stop = (): void => stopping.abort();
process.once('SIGINT', stop).once('SIGTERM', stop);
// npm hands a signal on to its shell alone, which ends and leaves the demo behind.
const parent = process.ppid;
setInterval(() => process.ppid === parent || stop(), 500).unref();

try {
  const demo = await startDemo({
    botScript: here('../main.js'),
    environmentFile: here('../../.env'),
    ports: { simulator: 4010, bot: 3978, playground: 56_150 },
    tickMs: 5_000,
  });
  console.log(`
Open ${demo.page}

and type  agents         the fleet, worst first; press a row to open it
          agent lax-12   one agent, by any part of its name
          help           everything else

Alex Wilber, who types there, is an admin. Ctrl+C ends the demo.
`);
  await Promise.race([stopped, demo.died.then(fail)]);
  await demo.stop();
} catch (error) {
  // Ctrl+C reaches the parts too: one that was still starting has then ended by itself.
  if (!stopping.signal.aborted)
    fail(error instanceof Error ? error.message : 'The demo could not be started.');
}
