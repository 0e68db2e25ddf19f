import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { asJson } from '../../../src/cli/doctor/finding.ts';
import { look } from '../../../src/cli/doctor/inspect.ts';
import { type SimulatorOptions, startSimulator } from '../../../src/simulator/simulator.ts';
import { aFolder } from '../../store/a-folder.ts';

export type Environment = Readonly<Record<string, string>>;

const Findings = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      check: z.string(),
      subject: z.string(),
      ok: z.boolean(),
      reason: z.string(),
      mend: z.string().optional(),
    }),
  ),
});

/** What the doctor found. */
export const readFindings = (printed: string) => {
  const { ok, findings } = Findings.parse(JSON.parse(printed));
  return {
    ok,
    stdout: printed,
    findings,
    of: (check: string, subject: string) =>
      findings.find((finding) => finding.check === check && finding.subject === subject),
    faults: findings.filter((finding) => !finding.ok).map(({ check, subject }) => [check, subject]),
  };
};

/** Examines in this process what the program examines in its own. */
export const examined = async (
  environ: Environment,
  {
    audit = false,
    files = {},
  }: {
    readonly audit?: boolean;
    readonly files?: Readonly<Record<string, string | Uint8Array>>;
  } = {},
) => {
  const read = (path: string): Buffer | undefined => {
    const content = files[path];
    if (content === undefined) return undefined;
    return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
  };
  return readFindings(asJson(await look({ environ, environmentFile: 'absent', read, audit })));
};

export const startPingPlotter = async (options: Partial<SimulatorOptions> = {}) => {
  const simulator = await startSimulator({ now: Date.now, collapseEveryMinutes: 0, ...options });
  onTestFinished(simulator.close);
  const environment: Environment = {
    HOST: '127.0.0.1',
    BOT_AUTH: 'disabled',
    PINGPLOTTER_BASE_URL: simulator.url,
    PINGPLOTTER_API_KEY: simulator.key,
    DATABASE_URL: `file:${join(aFolder(), 'data', 'bot.db')}`,
  };
  return { simulator, environment };
};

/** Anything that answers on loopback. */
export const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
};

export const botId = '0a1b2c3d-0000-4000-8000-000000000001';
export const signedIn: Environment = {
  BOT_AUTH: 'required',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: botId,
  MicrosoftAppTenantId: 'a-tenant',
};

/** Azure's App Service hands out tokens like that. */
export const managedIdentity = async (listener: RequestListener): Promise<Environment> => ({
  ...signedIn,
  IDENTITY_ENDPOINT: `${await serve(listener)}/token`,
  IDENTITY_HEADER: 'an-identity-header',
});
