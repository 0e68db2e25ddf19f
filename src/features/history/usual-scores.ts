import type { SessionId } from '../../platform/agent.ts';
import { otherTurns } from '../../platform/slices.ts';
import { dayMs, hourMs, minutesOf } from './domain/rolled-hour.ts';
import { leastMinutes, type UsualScore, usualDays, usualScore } from './domain/usual-score.ts';
import type { UsualOf, UsualScores } from './ports.ts';
import type { RollUps } from './store.ts';

interface Ports {
  readonly store: { readonly rollUps: Pick<RollUps, 'visit'> };
}

/** One pass over the roll-ups of two weeks serves everybody for an hour. */
export const createUsualScores = ({ store }: Ports): UsualScores => {
  const current = new Map<string, { readonly hour: number; readonly pass: Promise<UsualOf> }>();
  return {
    at: (account, now) => {
      const hour = Math.floor(now / hourMs) * hourMs;
      const known = current.get(account);
      if (known?.hour === hour) return known.pass;
      const pass = readUsual(store.rollUps, account, hour);
      current.set(account, { hour, pass });
      pass.catch(() => {
        if (current.get(account)?.pass === pass) current.delete(account);
      });
      return pass;
    },
  };
};

const sessionsAtOnce = 2000;

const readUsual = async (
  rollUps: Pick<RollUps, 'visit'>,
  account: string,
  hour: number,
): Promise<UsualOf> => {
  const means = new Map<SessionId, number[]>();
  const period = { from: hour - usualDays * dayMs, until: hour };
  await rollUps.visit(account, period, ({ sessionId }, rolled) => {
    if ((hour - rolled.at) % dayMs !== 0) return;
    if (Number.isNaN(rolled.mean) || minutesOf(rolled) < leastMinutes) return;
    const known = means.get(sessionId);
    if (known === undefined) means.set(sessionId, [rolled.mean]);
    else known.push(rolled.mean);
  });
  const usual = new Map<SessionId, UsualScore>();
  let read = 0;
  for (const [session, days] of means) {
    const found = usualScore(days);
    if (found !== undefined) usual.set(session, found);
    read += 1;
    if (read % sessionsAtOnce === 0) await otherTurns();
  }
  return (session) => usual.get(session);
};
