import { z } from 'zod';
import { startSimulator } from '../simulator/simulator.ts';
import { programArguments } from './program-arguments.ts';

const usage = `npm run simulator: a PingPlotter Cloud with a living fleet, for trying and testing.
PORT (4010) and PINGPLOTTER_API_KEY (demo-key) are taken from the environment.`;

const tickEveryMs = 5_000;

const port = 'must be a port, 0 to 65535';
const Environment = z.object({
  PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(4010),
  PINGPLOTTER_API_KEY: z.string().min(1, 'must not be empty').default('demo-key'),
});

const fail = (sentence: string): void => {
  console.error(sentence);
  process.exitCode = 1;
};

const run = async ({ PORT, PINGPLOTTER_API_KEY }: z.infer<typeof Environment>): Promise<void> => {
  const simulator = await startSimulator({
    port: PORT,
    key: PINGPLOTTER_API_KEY,
    now: Date.now,
    installCreatedAfterMinutes: 2,
  });
  const ticking = setInterval(simulator.tick, tickEveryMs);
  const stop = (): void => {
    clearInterval(ticking);
    // Nothing is left then that keeps the process alive.
    void simulator.close();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  console.log(`PingPlotter Cloud, simulated: ${simulator.url}`);
  console.log(`X-API-KEY: ${simulator.key}`);
};

const environment = Environment.safeParse(process.env);
const called = programArguments(usage, {});
if (called !== undefined && environment.success)
  await run(environment.data).catch((error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'EADDRINUSE'
        ? `Port ${environment.data.PORT} is in use already: set PORT to a free one.`
        : `Cannot listen on port ${environment.data.PORT} (${error.message}): set PORT to another one.`,
    ),
  );
else if (called !== undefined)
  fail(
    (environment.error?.issues ?? [])
      .map(({ path, message }) => `${path.join()} ${message}`)
      .join('\n'),
  );
