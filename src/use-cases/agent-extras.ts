import { asAppError } from '../core/errors.ts';
import type { AgentView } from '../core/overview.ts';
import { type ResumeTimes, resumeTimes } from '../core/timed-resume.ts';
import { type Trend, trendsOf } from '../core/trend.ts';
import type { Needs } from './ports.ts';

/** What the store knows of an agent besides what PingPlotter tells. */
export interface AgentExtras {
  readonly resumes: ResumeTimes;
  /** The last 24 hours. */
  readonly trend: readonly Trend[];
}

const dayMs = 24 * 60 * 60_000;

/** Nothing while the store cannot be read: the agent is shown all the same. */
export const agentExtras =
  ({ store, clock, log }: Needs<'clock' | 'log', 'timedResumes' | 'samples'>) =>
  async (
    account: string,
    { agent: { id }, sessions }: Pick<AgentView, 'agent' | 'sessions'>,
  ): Promise<AgentExtras> => {
    const now = clock.now();
    try {
      const [resumes, samples] = await Promise.all([
        store.timedResumes.forAgent(account, id),
        store.samples.list(account, id, now - dayMs, now),
      ]);
      return { resumes: resumeTimes(resumes), trend: trendsOf(sessions, samples) };
    } catch (error) {
      log.warn('agent shown without what the store knows', { code: asAppError(error).code });
      return { resumes: new Map(), trend: [] };
    }
  };
