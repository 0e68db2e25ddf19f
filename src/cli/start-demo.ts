import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { defaultAccount } from '../platform/accounts.ts';
import type { SimulatedAgent } from '../simulator/agent.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { type ServicePlan, startService } from './child-process.ts';
import {
  chooseFirstAccount,
  demoAccounts,
  firstAccount,
  startSecondCompany,
} from './demo-accounts.ts';
import { carryAbout, giveToPerson, ownerField } from './demo-computer.ts';
import { storeWeek, weekOf } from './demo-history.ts';
import { freePort, playgroundPerson, playgroundPlan, playgroundTenant } from './playground.ts';

export interface DemoOptions {
  /** The built `main.js`. */
  readonly botScript: string;
  /** The `.env` that the bot would read: nothing of it reaches the demo. */
  readonly environmentFile: string;
  /** Where to look for free ports; 0 = any. */
  readonly ports: { readonly simulator: number; readonly bot: number; readonly playground: number };
  /** How often the simulated fleet moves on; without it, it stands still. */
  readonly tickMs?: number;
  /** A second company, with an account of its own. */
  readonly severalAccounts?: boolean;
  /** Hears what is done next, a line for each step. */
  readonly onStep?: (line: string) => void;
}

export interface Demo {
  /** The address to open in a browser. */
  readonly page: string;
  readonly simulator: Simulator;
  /** Fulfils with what is to be said when one of the parts that run now ends by itself. */
  readonly died: Promise<string>;
  /** Ends the bot as a crash would. What it has stored stays until the demo stops. */
  killBot(): Promise<void>;
  /** Starts it again after that, where it was. */
  startBot(): Promise<void>;
  stop(): Promise<void>;
}

/** Simulator, bot and Agents Playground on loopback; rejects, with nothing left running, when one does not come up. */
export const startDemo = async ({
  botScript,
  environmentFile,
  ports,
  tickMs,
  severalAccounts = false,
  onStep = () => {},
}: DemoOptions): Promise<Demo> => {
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'pingplotter-demo-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const simulator = await startSimulator({
      port: await freePort(ports.simulator),
      now: Date.now,
      installCreatedAfterMinutes: 1,
    });
    undo.push(simulator.close);
    giveToPerson(simulator);
    const agents = simulator.fleet
      .agents()
      .filter(({ template, deletedAt: at }) => !template && at === undefined);
    onStep(
      `Starting a simulated PingPlotter Cloud with ${agents.length} agents at ${siteCount(agents)} sites`,
    );
    onStep('Filling a week of history');
    simulator.remember(weekOf(agents, Date.now()));
    const databaseUrl = `file:${join(folder, databaseFile)}`;
    const account = severalAccounts ? firstAccount : defaultAccount;
    await storeWeek(databaseUrl, account, agents, Date.now());
    const companies = [simulator];
    let access: Readonly<Record<string, string>> = {
      PINGPLOTTER_BASE_URL: simulator.url,
      PINGPLOTTER_API_KEY: simulator.key,
    };
    if (severalAccounts) {
      onStep('Adding a second company, with an account of its own');
      const second = await startSecondCompany();
      undo.push(second.close);
      companies.push(second);
      access = await demoAccounts(folder, simulator, second);
      await chooseFirstAccount(databaseUrl);
    }
    if (tickMs !== undefined) {
      const carry = carryAbout(simulator, Date.now);
      const ticking = setInterval(() => {
        for (const company of companies) company.tick();
        carry();
      }, tickMs);
      undo.push(() => clearInterval(ticking));
    }
    onStep('Starting the bot');
    const botPort = await freePort(ports.bot);
    const botUrl = `http://127.0.0.1:${botPort}`;
    const botPlan: ServicePlan = {
      name: 'The bot',
      args: [botScript],
      environment: {
        ...(await emptied(environmentFile)),
        ...botEnvironment(botPort),
        ...access,
      },
      folder,
      logFile: join(folder, 'bot.log'),
      readyUrl: `${botUrl}/healthz`,
    };
    let bot = await startService(botPlan);
    undo.push(() => bot.stop());
    onStep('Starting Microsoft’s Agents Playground, which stands in for Teams');
    const plan = await playgroundPlan(await freePort(ports.playground), botUrl, folder);
    const playground = await startService(plan);
    undo.push(playground.stop);
    return {
      page: plan.page,
      simulator,
      get died() {
        return Promise.race([bot.died, playground.died]);
      },
      killBot: () => bot.kill(),
      startBot: async () => {
        bot = await startService(botPlan);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const databaseFile = 'demo.db';

const siteCount = (agents: readonly SimulatedAgent[]): number =>
  new Set(
    agents.flatMap(({ customFields }) =>
      customFields.filter(({ name }) => name === 'Site').map(({ value }) => value),
    ),
  ).size;

const botEnvironment = (port: number): Readonly<Record<string, string>> => ({
  PORT: String(port),
  HOST: '127.0.0.1',
  BOT_AUTH: 'disabled',
  ALLOWED_TENANTS: playgroundTenant,
  BOT_ADMINS: playgroundPerson.aadObjectId,
  DEFAULT_ROLE: 'operator',
  AGENT_OWNER_FIELD: ownerField,
  DATABASE_URL: `file:./${databaseFile}`,
  POLL_SECONDS: '5',
});

/** Everything that the file sets, set to nothing: what is set already wins over the file. */
const emptied = async (environmentFile: string): Promise<Readonly<Record<string, string>>> => {
  const text = await readFile(environmentFile, 'utf8').catch(() => '');
  return Object.fromEntries(Object.keys(parseEnv(text)).map((name) => [name, '']));
};
