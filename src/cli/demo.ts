import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { demoTrouble } from './demo-trouble.ts';
import { programArguments } from './program-arguments.ts';
import { startDemo } from './start-demo.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const fail = (sentence: string): void => {
  console.error(sentence);
  process.exitCode = 1;
};

const usage = `npm run demo [-- --accounts]: PingPlotter, the bot and a Teams to try them in, on this machine alone;
with two companies, each with a PingPlotter account of its own.`;

const called = programArguments(usage, { accounts: { type: 'boolean' } });
if (called === undefined) process.exit();
const severalAccounts = called.values.accounts === true;
const moreToType = severalAccounts
  ? '  use fabrikam    another company’s fleet, and “use contoso” back again\n'
  : '';

const stopping = new AbortController();
const stopped = once(stopping.signal, 'abort');
const stop = (): void => stopping.abort();
process.once('SIGINT', stop).once('SIGTERM', stop);
// npm hands a signal on to its shell alone, which ends and leaves the demo behind.
const parent = process.ppid;
setInterval(() => process.ppid === parent || stop(), 500).unref();

console.log(`
The demo runs on this machine alone: no account, no Teams, no credentials.
`);

try {
  const demo = await startDemo({
    botScript: here('../main.js'),
    environmentFile: here('../../.env'),
    ports: { simulator: 4010, bot: 3978, playground: 56_150 },
    tickMs: 5_000,
    severalAccounts,
    onStep: (line) => console.log(`  ${line} …`),
  });
  console.log(`
Open  ${demo.page}  in a browser and type there:

  agents          the whole fleet, worst first; press a row to open one
  agent lax-12    one agent, and how its last 24 hours went
  my connection   your own computer, which is LAX-12
  notify me       when it is not fit for calls, and when it is fine again
  watch lax-12    an alert, and in a few minutes whether its cause was right
  digest now      who had a bad connection since yesterday
${moreToType}  help            everything else

You are Alex Wilber there, an admin. The fleet lives on while you look: scores drift, your computer is
carried near the Wi-Fi and away from it every three minutes, and now and then a site loses its
line. Press Ctrl+C here to stop; nothing stays behind.
`);
  await Promise.race([stopped, demo.died.then((why) => fail(demoTrouble(new Error(why))))]);
  await demo.stop();
} catch (error) {
  // Ctrl+C reaches the parts too: one that was still starting has then ended by itself.
  if (!stopping.signal.aborted) fail(demoTrouble(error));
}
