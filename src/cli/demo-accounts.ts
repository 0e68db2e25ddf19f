import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../platform/clock.ts';
import { createLogger } from '../platform/log.ts';
import { buildFleet } from '../simulator/fleet/build-fleet.ts';
import { secondCompany } from '../simulator/fleet/second-company.ts';
import { createRandom } from '../simulator/random.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { openStore } from '../store/open.ts';
import { playgroundConversations, playgroundPerson, playgroundTenant } from './playground.ts';

/** The company whose fleet the demo opens with. */
export const firstAccount = 'contoso';
const secondAccount = 'fabrikam';

/** PingPlotter Cloud of a second company, with a few agents. */
export const startSecondCompany = (): Promise<Simulator> =>
  startSimulator({
    now: Date.now,
    key: 'demo-key-of-fabrikam',
    agents: buildFleet(createRandom(2), Date.now(), secondCompany),
  });

/** Writes the file that names both, and tells the bot of it. */
export const demoAccounts = async (
  folder: string,
  first: Simulator,
  second: Simulator,
): Promise<Readonly<Record<string, string>>> => {
  const file = join(folder, 'accounts.yaml');
  const of = (name: string, { url }: Simulator, apiKeyEnv: string) => ({
    name,
    baseUrl: url,
    apiKeyEnv,
    tenants: [playgroundTenant],
  });
  const accounts = [
    of(firstAccount, first, 'CONTOSO_KEY'),
    of(secondAccount, second, 'FABRIKAM_KEY'),
  ];
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ accounts }, undefined, 2));
  return { ACCOUNTS_FILE: file, CONTOSO_KEY: first.key, FABRIKAM_KEY: second.key };
};

/** Nobody has to say `use` before the first answer. */
export const chooseFirstAccount = async (databaseUrl: string): Promise<void> => {
  const log = createLogger('error', (line) => process.stderr.write(line));
  const store = await openStore({ url: databaseUrl, clock: systemClock, log });
  const by = { id: playgroundPerson.aadObjectId, name: playgroundPerson.name };
  try {
    for (const conversationKey of playgroundConversations)
      await store.accountChoices.set({
        account: firstAccount,
        conversationKey,
        by,
        at: systemClock.now(),
      });
  } finally {
    await store.close();
  }
};
