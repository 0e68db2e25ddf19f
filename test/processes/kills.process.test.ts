import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDatabase } from '../store/a-database.ts';
import type { Postgres } from '../store/postgres.ts';
import { sharedPostgres } from '../store/shared-postgres.ts';
import { type KillReport, killAgain } from './kills.ts';

/*
 * The short form of a long run, which is for whoever changes how messages are delivered, on an idle machine:
 *   KILLS=50 npx vitest run test/processes/kills.process.test.ts
 */
const wanted = Number(process.env['KILLS'] ?? 0);
const kills = wanted > 0 ? wanted : 4;
const patienceMs = 60_000 + kills * 10_000;

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
});
afterAll(() => postgres.stop());

const expectAllThere = ({ lost, waiting, exitCodes, sent }: KillReport): void => {
  expect(lost).toEqual([]);
  expect(waiting).toBe(0);
  expect(sent).toBeGreaterThan(0);
  expect(new Set(exitCodes)).toEqual(new Set([0]));
};

describe('A11: a connector that closes kept connections at bad moments', () => {
  it(
    'loses nothing of a bot on SQLite that is killed again and again',
    async () => {
      const url = await aDatabase();
      const report = await killAgain({ url, instances: 1, kills, closesConnections: true });
      expectAllThere(report);
      // Of what was in flight: one message in each conversation at each kill, and one at each closed connection.
      expect(report.repeats).toBeLessThanOrEqual(8 * kills + report.closed);
    },
    patienceMs,
  );

  it(
    'loses nothing of two bots on PostgreSQL that are killed again and again',
    async () => {
      const url = await postgres.newDatabase();
      const report = await killAgain({
        url,
        instances: 2,
        kills: Math.ceil(kills / 3),
        closesConnections: true,
      });
      expectAllThere(report);
    },
    patienceMs,
  );
});
