import { z } from 'zod';
import {
  type ScheduledAgent,
  type Schedules,
  scheduledStates,
} from '../../features/schedules/store.ts';
import { inStatements, json, readRows, type SetAside, toJson } from '../sql/rows.ts';
import type { Db, Json } from '../sql/tables.ts';

interface ScheduledAgentTable {
  account: string;
  scheduleId: string;
  agentId: string;
  state: string;
  sessions: Json;
  problem: string | null;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly scheduledAgents: ScheduledAgentTable;
  }
}

const key = ['scheduleId', 'agentId'] as const;

export const scheduledAgentsTable = { key };

const Row = z
  .object({
    account: z.string(),
    scheduleId: z.string(),
    agentId: z.string(),
    state: z.enum(scheduledStates),
    sessions: json(z.array(z.string())),
    problem: z.string().exactOptional(),
  })
  .transform(({ scheduleId: schedule, ...row }): ScheduledAgent => ({ schedule, ...row }));

export const forgetScheduledAgents = (db: Db, schedule: string): Promise<unknown> =>
  db.deleteFrom('scheduledAgents').where('scheduleId', '=', schedule).execute();

type Agents = Pick<Schedules, 'saveAgents' | 'agents' | 'forgetAgents'>;

/** What became of each agent in the window of its schedule. */
export const scheduledAgentsIn = (db: Db, setAside: SetAside): Agents => ({
  saveAgents: (agents) =>
    inStatements(agents, (some) =>
      db
        .insertInto('scheduledAgents')
        .values(
          some.map(({ account, schedule, agentId, state, sessions, problem }) => ({
            account,
            scheduleId: schedule,
            agentId,
            state,
            sessions: toJson(sessions),
            problem: problem ?? null,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(key).doUpdateSet((eb) => ({
            state: eb.ref('excluded.state'),
            sessions: eb.ref('excluded.sessions'),
            problem: eb.ref('excluded.problem'),
          })),
        )
        .execute(),
    ),
  agents: async (schedule) =>
    readRows(
      Row,
      await db
        .selectFrom('scheduledAgents')
        .selectAll()
        .where('scheduleId', '=', schedule)
        .orderBy('agentId')
        .execute(),
      setAside,
    ),
  forgetAgents: async (schedule) => {
    await forgetScheduledAgents(db, schedule);
  },
});
