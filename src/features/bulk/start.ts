import {
  confirmationLifetimeMs,
  type Redemption,
  requireGranted,
} from '../../chat/confirmation.ts';
import { personIdOf, requireRole } from '../../chat/person.ts';
import { changeReply } from '../../chat/reply.ts';
import { conversationOf, type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { statement } from '../../ui/plain-cards.ts';
import { jobCard, titleOf } from './cards/job.ts';
import { filterText } from './cards/wording.ts';
import { type BulkJob, noCounts } from './domain/job.ts';
import { findJob, loadJob } from './load-job.ts';
import type { BulkPorts } from './ports.ts';
import { cardOfJob } from './updates.ts';

export interface Start {
  readonly job: string;
  /** What was typed to confirm a deletion. */
  readonly count: string;
  readonly uninstall: boolean;
}

/** Starts the job of a preview, once, within ten minutes, for who asked. */
export const startJob = async (ports: BulkPorts, turn: Turn, start: Start): Promise<Reply> => {
  const { store, clock } = ports;
  const job = await findJob(ports, turn.scope, start.job);
  const now = clock.now();
  if (job.act === 'delete') requireRole(turn.scope, 'admin', 'Deleting');
  requireGranted(redeemed(job, personIdOf(turn.scope), now));
  if (job.act === 'delete') await requireCount(ports, job, start.count);
  const until = job.lasts === undefined ? job.until : now + job.lasts;
  if (until !== undefined && until <= now) throw refusal('expired', 'pause.end-past');
  const begun = { uninstall: start.uninstall, ...(until === undefined ? {} : { until }) };
  if (!(await store.bulkJobs.begin(job.account, job.id, now, begun))) requireGranted('used');
  return started(ports, turn, job.id);
};

const redeemed = (job: BulkJob, person: string, now: number): Redemption => {
  if (job.by.id !== person) return 'foreign';
  if (job.state !== 'preview') return 'used';
  return now - job.at < confirmationLifetimeMs ? 'granted' : 'expired';
};

/** Thousands may stand apart, as people write them: `1,234`. */
const numberOf = (typed: string): string => {
  const text = typed.trim();
  return /^\d{1,3}(?:[\s,.’']\d{3})+$/u.test(text) ? text.replace(/\D/gu, '') : text;
};

const requireCount = async ({ store }: BulkPorts, job: BulkJob, typed: string): Promise<void> => {
  const count = ((await store.bulkJobs.counts([job.id])).get(job.id) ?? noCounts).waiting;
  if (numberOf(typed) !== String(count)) throw refusal('bad-input', 'bulk.count', { count, typed });
};

/**
 * The answer to a press that started a job. From now on the pressed message shows how far it is; in a channel, where an
 * answer stands in a thread, the job gets a message of its own.
 */
export const started = async (ports: BulkPorts, turn: Turn, id: string): Promise<Reply> => {
  const { store, clock, bulk } = ports;
  const { scope, messageId } = turn;
  const here = conversationOf(scope);
  const model = await loadJob(ports, await findJob(ports, here, id));
  const inPlace = scope.address.kind !== 'channel' && messageId !== undefined;
  if (inPlace) await store.cardMessages.add(here, cardOfJob(id), messageId, clock.now());
  else
    await store.outbox.enqueue([
      {
        ...here,
        card: cardOfJob(id),
        kind: 'post',
        payload: { kind: 'bulk', job: id },
        dueAt: clock.now(),
      },
    ]);
  bulk.wake();
  const reader = readerOf(scope, clock);
  const title = titleOf(model);
  const draw = () =>
    inPlace
      ? jobCard(model, reader)
      : statement(
          { title, line: 'How far it is stands in a message of its own.', actions: [] },
          title,
        );
  const detail = `${title} · ${filterText(model.job)}`;
  const everyone = reader.kind === 'personal' ? undefined : draw;
  return changeReply({ after: 'started', detail }, draw, everyone);
};
