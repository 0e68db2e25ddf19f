import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { environmentVariables, loadConfig } from '../../src/config/environment.ts';

const root = join(import.meta.dirname, '..', '..');

const Service = z.strictObject({
  build: z.string().optional(),
  image: z.string(),
  restart: z.literal('unless-stopped'),
  stop_grace_period: z.string(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  read_only: z.boolean().default(false),
  tmpfs: z.string().optional(),
  cap_drop: z.array(z.string()),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()),
  profiles: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
type Service = z.infer<typeof Service>;

const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
});
const { services, volumes } = Compose.parse(
  parse(readFileSync(join(root, 'compose.yaml'), 'utf8'), { merge: true }),
);

const service = (name: string): Service => {
  const found = services[name];
  if (found === undefined) throw new Error(`there is no service ${name}`);
  return found;
};
const seconds = (period: string): number => Number(/^(\d+)s$/u.exec(period)?.[1]);

/** `${NAME:?why}` in a file, with a value for each name. */
const interpolated = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{(\w+):\?[^}]+\}/gu, (_, name: string) => values[name] ?? '');

describe.each(['bot', 'second-bot'])('the service %s', (name) => {
  const bot = service(name);

  it('is built here and starts once the database answers', () => {
    expect(existsSync(join(root, bot.build ?? '', 'Dockerfile'))).toBe(true);
    expect(bot.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });

  it('can write nowhere but to /tmp, and has no rights beyond those of its user', () => {
    expect(bot).toMatchObject({
      read_only: true,
      tmpfs: '/tmp',
      cap_drop: ['ALL'],
      cap_add: [],
      security_opt: ['no-new-privileges:true'],
      volumes: [],
    });
  });

  it('is given settings that the bot reads', () => {
    expect(
      Object.keys(bot.environment).filter((variable) => !environmentVariables.includes(variable)),
    ).toEqual([]);
  });

  it('starts with them and with what .env.example asks for', () => {
    const password = 'Letters4ndDigits';
    const env = Object.fromEntries(
      Object.entries(bot.environment).map(([variable, value]) => [
        variable,
        interpolated(value, { POSTGRES_PASSWORD: password }),
      ]),
    );
    const filled = {
      PINGPLOTTER_SUBDOMAIN: 'acme',
      PINGPLOTTER_API_KEY: 'a-key',
      MicrosoftAppId: 'an-id',
      MicrosoftAppPassword: 'a-password',
      MicrosoftAppTenantId: 'a-tenant',
    };
    expect(loadConfig({ ...filled, ...env })).toMatchObject({
      host: '0.0.0.0',
      port: 3978,
      databaseUrl: `postgres://bot:${password}@postgres:5432/bot`,
    });
  });

  it('has time to finish what it is doing', () => {
    expect(seconds(bot.stop_grace_period)).toBeGreaterThan(10);
  });

  it('answers on loopback only', () => {
    expect(bot.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+:3978$/u)]);
  });
});

it('a second bot runs when asked for, on the same database', () => {
  expect(service('second-bot').profiles).toEqual(['two']);
  expect(service('bot').profiles).toEqual([]);
  expect(service('second-bot').environment).toEqual(service('bot').environment);
  expect(service('second-bot').ports).not.toEqual(service('bot').ports);
});

describe('the database', () => {
  const postgres = service('postgres');

  it('is the one that the bot asks for', () => {
    const { hostname, username, pathname } = new URL(
      interpolated(service('bot').environment['DATABASE_URL'] ?? '', { POSTGRES_PASSWORD: 'x' }),
    );
    expect({ hostname, username, pathname }).toEqual({
      hostname: 'postgres',
      username: postgres.environment['POSTGRES_USER'],
      pathname: `/${postgres.environment['POSTGRES_DB']}`,
    });
  });

  it('says when it answers, and by TCP, as the bot asks it', () => {
    expect(postgres.healthcheck?.test).toEqual(
      expect.arrayContaining(['CMD', 'pg_isready', '--host=127.0.0.1']),
    );
  });

  it('keeps its files in a named volume and is reached by the bot alone', () => {
    expect(postgres.volumes.map((volume) => volume.split(':')[0])).toEqual(Object.keys(volumes));
    expect(postgres.ports).toEqual([]);
    expect(postgres).toMatchObject({
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });
});
