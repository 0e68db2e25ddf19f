import { z } from 'zod';
import { defineNotice } from '../../platform/notice.ts';
import type { SessionMemory } from '../fleet/store.ts';
import { resumedCard } from './cards/resumed.ts';
import { forgottenNotices } from './forgotten-notice.ts';

/** A timed pause that ended, for the conversation where it was set. */
const ResumedPayload = z
  .object({
    kind: z.literal('resumed'),
    agentId: z.string(),
    agentName: z.string(),
    sessions: z.array(z.string()).readonly(),
    by: z.string(),
    dueAt: z.number(),
    at: z.number(),
    /** Set when it could not be resumed: the sentence for people. */
    failed: z.string().exactOptional(),
  })
  .readonly();
type ResumedPayload = z.infer<typeof ResumedPayload>;

declare module '../../platform/notice.ts' {
  interface Notices {
    resumed: ResumedPayload;
  }
}

interface Ports {
  readonly store: { readonly sessions: SessionMemory };
}

const targetNames = async (
  { store }: Ports,
  account: string,
  { agentId, sessions }: ResumedPayload,
): Promise<readonly string[]> => {
  if (sessions.length === 0) return [];
  const seen = await store.sessions.seen(account, agentId);
  return sessions.map((session) => seen.find(({ id }) => id === session)?.name ?? session);
};

const resumedNotice = defineNotice('resumed', {
  payload: ResumedPayload,
  load: (ports: Ports, payload, { account }) => targetNames(ports, account, payload),
  view: (targets, reader, payload) => ({ card: resumedCard({ ...payload, targets }, reader) }),
});

export const changeNotices = { resumed: resumedNotice, ...forgottenNotices };
