import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { settle } from './clock.ts';

/** Who hangs is not waited for. */
const mostRounds = 600;

let open = 0;

subscribe('http.client.request.start', (message) => {
  const { request } = { request: undefined, ...Object(message) };
  if (!(request instanceof ClientRequest)) return;
  open += 1;
  request.once('close', () => {
    open -= 1;
  });
});

/** Handles stay, and timers wait; the rest is work. */
const atRest = /^(?:Timeout|TickObject|\w*(?:Server|Socket|Pipe|TTY)\w*Wrap|MessagePort)$/u;

const isAtWork = (): boolean =>
  open > 0 || process.getActiveResourcesInfo().some((kind) => !atRest.test(kind));

/**
 * Resolves when nothing goes on any more that was begun: no request of Node's client is open, and nothing waits for
 * its turn. The network knows nothing of a fake clock; what is begun while it stands still is done before it moves.
 */
export const quiet = async (): Promise<void> => {
  for (let round = 0, still = 0; still < 2 && round < mostRounds; round += 1) {
    await settle(1);
    still = isAtWork() ? 0 : still + 1;
  }
};
