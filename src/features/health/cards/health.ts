import type { Card, CardView, CredentialsRefusal, Reader } from '../../../platform/messenger.ts';
import type { UnreadableRows } from '../../../platform/store.ts';
import { mayAct } from '../../../shared/role.ts';
import { runCommand, toggle } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain } from '../../../ui/escape.ts';
import { counted, dots, small } from '../../../ui/rich-text.ts';
import { age, ago, clock } from '../../../ui/time.ts';
import type { RuleAnswers } from '../../diagnosis/store.ts';
import type { UnnamedScores } from '../../fleet/domain/unnamed-scores.ts';
import type { PollState } from '../domain/troubles.ts';
import type { AccountPolls } from '../other-accounts.ts';
import { accountRows, fileRows } from './account-rows.ts';
import { type ConversationHealth, conversationRows, countText } from './conversation-rows.ts';
import source from './health.json' with { type: 'json' };
import { row } from './row.ts';
import { ruleRows } from './rule-row.ts';

/** Times in ms since 1970. */
export interface HealthModel {
  readonly api: {
    readonly ok: boolean;
    readonly lastGoodAt?: number;
    /** What is wrong. */
    readonly sentence?: string;
    /** Scores whose definition nobody names. */
    readonly unnamed?: UnnamedScores;
  };
  readonly poll: PollState & { readonly lagMs?: number };
  readonly store: { readonly ok: boolean; readonly unreadable?: readonly UnreadableRows[] };
  readonly queue: {
    readonly waiting: number;
    readonly oldestDueAt?: number;
    /** Who refuses the bot's credentials. */
    readonly refusedBy?: CredentialsRefusal;
    /** Where they are refused. */
    readonly refused?: 'everywhere' | 'here';
  };
  /** This machine's clock is so far ahead of PingPlotter's, in ms; 0 = within a minute. */
  readonly clockAheadMs?: number;
  /** This conversation. */
  readonly here: {
    readonly sent: number;
    readonly failed: number;
    /** Why nothing can be sent. */
    readonly dead?: string;
    readonly lastError?: string;
  };
  /** What people say of the rules that name causes. */
  readonly rules?: readonly RuleAnswers[];
  /** What is wrong with the file of accounts, while the bot goes by what it held before. */
  readonly fileFaults?: readonly string[];
  /** Where there are several accounts. */
  readonly accounts?: readonly AccountPolls[];
  /** All conversations: an admin's affair. */
  readonly conversations?: readonly ConversationHealth[];
}

const fill = template(source);

export const healthCard: CardView<HealthModel> = (model, reader): Card => {
  const rows = [
    apiRow(model, reader),
    pollRow(model, reader),
    storeRow(model),
    queueRow(model, reader),
    hereRow(model),
    ...clockRows(model),
    ...ruleRows(model),
    ...fileRows(model.fileFaults, reader),
    ...accountRows(model.accounts ?? [], reader),
  ];
  const troubles = rows.filter(({ isSubtle }) => !isSubtle);
  const about =
    troubles.length === 0 ? 'All works' : `Trouble: ${troubles.map(({ what }) => what).join(', ')}`;
  const conversations = mayAct(reader.role, 'admin') ? (model.conversations ?? []) : [];
  return fill(
    {
      about: [small(dots([about, clock(reader.now, reader)]))],
      rows,
      notes: conversations.length === 0 ? [] : [{ inlines: [small(countText(conversations))] }],
      hasConversations: conversations.length > 0,
      conversations: conversationRows(conversations),
      actions: [
        runCommand('Refresh', 'health'),
        ...(conversations.length === 0 ? [] : [toggle('Conversations', 'conversations')]),
      ],
    },
    about,
  );
};

const apiRow = ({ api: { ok, lastGoodAt, sentence = '', unnamed } }: HealthModel, reader: Reader) =>
  row(
    'PingPlotter',
    ok,
    ok ? 'answers' : 'fails',
    dots([
      lastGoodAt === undefined
        ? 'no good answer yet'
        : `last good answer ${ago(lastGoodAt, reader)}`,
      plain(sentence, 200),
      unnamed === undefined ? '' : unnamedText(unnamed),
    ]),
  );

const unnamedText = ({ scores, targets, definitions }: UnnamedScores): string => {
  const counts = [
    scores > 0 && `${counted(scores, 'score')} not shown`,
    targets > 0 && `${counted(targets, 'target')} judged by such a score`,
  ].filter((text) => text !== false);
  const ids = plain(definitions.join(', '), 200);
  return `quality definitions without a name in QUALITY_NAMES: ${counts.join(', ')} (${ids})`;
};

const pollRow = ({ poll }: HealthModel, reader: Reader) => {
  const { lastAt, lagMs = 0, blindSince, unmeasured } = poll;
  const since = blindSince ?? unmeasured?.since;
  return row(
    'Monitor',
    since === undefined && lastAt !== undefined,
    since !== undefined ? 'blind' : lastAt === undefined ? 'not yet' : 'sees',
    dots([
      lastAt === undefined ? 'no sweep yet' : `last sweep ${ago(lastAt, reader)}`,
      lagMs >= 1000 && `${age(lagMs)} late`,
      since !== undefined && `blind since ${clock(since, reader)}: ${blindText(poll)}`,
    ]),
  );
};

const blindText = ({ blindWhy, failedWith, keyWrongSince, unmeasured }: HealthModel['poll']) => {
  if (keyWrongSince !== undefined) return 'PingPlotter refuses the API key';
  if (blindWhy === 'vanished')
    return 'nearly all agents vanished at once; believed when it stays so for 15 minutes';
  if (blindWhy === 'unreadable' || unmeasured === undefined)
    return `PingPlotter cannot be read${withCode(failedWith)}`;
  return unmeasured.why === 'statuses'
    ? `agents are listed, their scores cannot be read${withCode(unmeasured.code)}`
    : 'no agent has a reading that can be used: all are too old or of a time to come';
};

const withCode = (code: string | undefined): string =>
  code === undefined ? '' : ` (${plain(code, 40)})`;

const storeRow = ({ store: { ok, unreadable = [] } }: HealthModel) => {
  if (!ok) return row('Store', false, 'fails', 'The database cannot be reached.');
  if (unreadable.length === 0) return row('Store', true, 'works', '');
  const tables = unreadable.map(({ table, rows }) => `${table} ${rows}`).join(', ');
  const line = `Set aside because they cannot be read, since the bot started: ${tables}. The rest goes on.`;
  return row('Store', false, 'unreadable rows', line);
};

/** Older than that, a waiting notification means that something holds the queue. */
const longWaitMs = 5 * 60_000;

const refusals = {
  everywhere:
    'Teams or its sign-in refuses the bot’s credentials: all messages wait, none is lost.',
  here: 'Teams refuses the bot in this conversation alone: its messages wait, others arrive.',
} as const;

const queueRow = (
  { queue: { waiting, oldestDueAt, refused, refusedBy } }: HealthModel,
  reader: Reader,
) => {
  if (refusedBy !== undefined && refused !== 'here')
    return row('Queue', false, `${waiting} waiting`, refusedText(refusedBy));
  const waits = oldestDueAt === undefined ? 0 : Math.max(0, reader.now - oldestDueAt);
  return row(
    'Queue',
    waits < longWaitMs && refused === undefined,
    waiting === 0 ? 'empty' : `${waiting} waiting`,
    dots([
      waiting > 0 && waits >= 1000 && `the oldest for ${age(waits)}`,
      refused !== undefined && refusals[refused],
    ]),
  );
};

const refusedText = ({ by, code }: CredentialsRefusal): string =>
  by === 'sign-in'
    ? `The sign-in service gives the bot no token${withCode(code)}: its credentials, or the way there. Nothing is lost.`
    : `Teams does not take the bot's token${withCode(code)}: its credentials. Nothing is lost.`;

const clockRows = ({ clockAheadMs = 0 }: HealthModel) => {
  if (clockAheadMs === 0) return [];
  const off = `${age(Math.abs(clockAheadMs))} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} PingPlotter's`;
  const line = `This machine's clock is ${off}. Readings are judged by PingPlotter's; times are shown by this machine's. Let it set its clock by NTP.`;
  return [row('Clock', false, 'off', line)];
};

const hereRow = ({ here: { sent, failed, dead, lastError } }: HealthModel) =>
  row(
    'Here',
    dead === undefined,
    dead === undefined ? 'reachable' : 'not reachable',
    dots([
      `${sent} sent`,
      `${failed} failed`,
      plain(dead ?? '', 120),
      lastError !== undefined && `last error ${plain(lastError, 120)}`,
    ]),
  );
