import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/platform/clock.ts';
import type { SimulatedAgent } from '../../src/simulator/agent.ts';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { voiceOverIp } from '../../src/simulator/quality-definition.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { aFolder } from '../store/a-folder.ts';

const minuteMs = 60_000;

/** Agents whose names, ids and number nothing else has. */
export const agentsOf = (word: string, count: number, now: number): readonly SimulatedAgent[] =>
  Array.from({ length: count }, (_, index) =>
    simulatedAgent({
      id: `${word}-id-${index}`,
      name: `${word}box-${index}`,
      createdAt: now - 90 * 24 * 60 * minuteMs,
      lastMessageAt: now - minuteMs,
      sessions: [
        simulatedSession({
          id: `${word}-session-${index}`,
          description: `${word}target`,
          readings: [
            simulatedReading({
              definitionId: voiceOverIp.id,
              score: index % 3 === 0 ? 30 : 90,
              measuredAt: now,
            }),
          ],
        }),
      ],
    }),
  );

export interface TwoAccounts extends StartedBot {
  readonly simulators: Readonly<Record<'acme' | 'globex', Simulator>>;
  /** Writes the file of accounts again; `by` changes its text. */
  write(by?: (text: string) => string): void;
  writeKey(account: 'acme' | 'globex', key: string): void;
}

/** How many agents each account has: no other number of the bot is one of these. */
export const counts = { acme: 17, globex: 23 } as const;

/**
 * The whole bot with two accounts. `tenant-1` may see both, `tenant-acme` and `tenant-globex` one of them, and
 * `19:bound` is bound to globex.
 */
export const startTwoAccounts = async (
  options: {
    readonly clock?: Clock;
    readonly watching?: boolean;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<TwoAccounts> => {
  const now = () => options.clock?.now() ?? Date.now();
  const start = async (word: 'acme' | 'globex', key: string): Promise<Simulator> => {
    const simulator = await startSimulator({
      now,
      key,
      agents: agentsOf(word, counts[word], now()),
      collapseEveryMinutes: 0,
    });
    onTestFinished(() => simulator.close());
    return simulator;
  };
  const simulators = {
    acme: await start('acme', 'key-of-acme'),
    globex: await start('globex', 'key-of-globex'),
  };
  const folder = aFolder();
  const file = join(folder, 'accounts.yaml');
  const keyFile = (name: string): string => join(folder, `${name}.key`);
  const text = `accounts:
${(['acme', 'globex'] as const)
  .map(
    (name) => `  - name: ${name}
    baseUrl: ${simulators[name].url}
    apiKeyFile: ${keyFile(name)}
    tenants: [tenant-1, tenant-${name}]
    conversations: ${name === 'globex' ? "['19:bound']" : '[]'}
`,
  )
  .join('')}`;
  const writeKey = (name: string, key: string): void => {
    writeFileSync(keyFile(name), key);
    chmodSync(keyFile(name), 0o600);
  };
  const write = (by: (text: string) => string = (same) => same): void =>
    writeFileSync(file, by(text));
  for (const name of ['acme', 'globex'] as const) writeKey(name, `key-of-${name}`);
  write();
  const bot = await startBot({
    ...options,
    environment: {
      PINGPLOTTER_BASE_URL: '',
      PINGPLOTTER_API_KEY: '',
      ACCOUNTS_FILE: file,
      ...options.environment,
    },
  });
  return { ...bot, simulators, write, writeKey };
};
