import type { Card, CardView, ConversationKind, Reader } from '../../../platform/messenger.ts';
import type { UnreadableRows } from '../../../platform/store.ts';
import { mayAct } from '../../../shared/role.ts';
import { runCommand, toggle } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { bold, counted, dots, small } from '../../../ui/rich-text.ts';
import { age, ago, clock } from '../../../ui/time.ts';
import source from './health.json' with { type: 'json' };

/** Times in ms since 1970. */
export interface HealthModel {
  readonly api: {
    readonly ok: boolean;
    readonly lastGoodAt?: number;
    /** What is wrong. */
    readonly sentence?: string;
  };
  readonly poll: {
    readonly lastAt?: number;
    readonly lagMs?: number;
    readonly blindSince?: number;
  };
  readonly store: { readonly ok: boolean; readonly unreadable?: readonly UnreadableRows[] };
  readonly queue: { readonly waiting: number; readonly oldestDueAt?: number };
  /** This conversation. */
  readonly here: {
    readonly sent: number;
    readonly failed: number;
    /** Why nothing can be sent. */
    readonly dead?: string;
    readonly lastError?: string;
  };
  /** All conversations: an admin's affair. */
  readonly conversations?: readonly {
    readonly label: string;
    readonly kind: ConversationKind;
    readonly sent: number;
    readonly failed: number;
    readonly state: 'alive' | 'dead';
    readonly reason?: string;
  }[];
}

const fill = template(source);

export const healthCard: CardView<HealthModel> = (model, reader): Card => {
  const rows = [
    apiRow(model, reader),
    pollRow(model, reader),
    storeRow(model),
    queueRow(model, reader),
    hereRow(model),
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

const row = (what: string, works: boolean, state: string, line: string) => ({
  what,
  name: [bold(what)],
  hasLine: line !== '',
  line: [small(line)],
  state,
  isSubtle: works,
});

const apiRow = ({ api: { ok, lastGoodAt, sentence = '' } }: HealthModel, reader: Reader) =>
  row(
    'PingPlotter',
    ok,
    ok ? 'answers' : 'fails',
    dots([
      lastGoodAt === undefined
        ? 'no good answer yet'
        : `last good answer ${ago(lastGoodAt, reader)}`,
      plain(sentence, 200),
    ]),
  );

const pollRow = ({ poll: { lastAt, lagMs = 0, blindSince } }: HealthModel, reader: Reader) =>
  row(
    'Monitor',
    blindSince === undefined && lastAt !== undefined,
    blindSince !== undefined ? 'blind' : lastAt === undefined ? 'not yet' : 'sees',
    dots([
      lastAt === undefined ? 'no sweep yet' : `last sweep ${ago(lastAt, reader)}`,
      lagMs >= 1000 && `${age(lagMs)} late`,
      blindSince !== undefined && `blind since ${clock(blindSince, reader)}`,
    ]),
  );

const storeRow = ({ store: { ok, unreadable = [] } }: HealthModel) => {
  if (!ok) return row('Store', false, 'fails', 'The database cannot be reached.');
  if (unreadable.length === 0) return row('Store', true, 'works', '');
  const tables = unreadable.map(({ table, rows }) => `${table} ${rows}`).join(', ');
  const line = `Set aside because they cannot be read, since the bot started: ${tables}. The rest goes on.`;
  return row('Store', false, 'unreadable rows', line);
};

/** Older than that, a waiting notification means that something holds the queue. */
const longWaitMs = 5 * 60_000;

const queueRow = ({ queue: { waiting, oldestDueAt } }: HealthModel, reader: Reader) => {
  const waits = oldestDueAt === undefined ? 0 : Math.max(0, reader.now - oldestDueAt);
  return row(
    'Queue',
    waits < longWaitMs,
    waiting === 0 ? 'empty' : `${waiting} waiting`,
    waiting === 0 || waits < 1000 ? '' : `the oldest for ${age(waits)}`,
  );
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

type Conversations = NonNullable<HealthModel['conversations']>;

const countText = (conversations: Conversations): string => {
  const dead = conversations.filter(({ state }) => state === 'dead').length;
  return dots([counted(conversations.length, 'conversation'), dead > 0 && `${dead} not reachable`]);
};

/** What does not work comes first; the rest is for the metrics. */
const shownConversations = 20;

const conversationRows = (conversations: Conversations) => {
  const worst = conversations.toSorted(
    (a, b) => Number(b.state === 'dead') - Number(a.state === 'dead') || b.failed - a.failed,
  );
  const more = worst.length - shownConversations;
  return [
    ...worst.slice(0, shownConversations).map(({ label, kind, sent, failed, state, reason }) => ({
      name: [bold(plainName(label))],
      line: [
        small(
          dots([
            kind,
            `${sent} sent`,
            `${failed} failed`,
            state === 'dead' &&
              `not reachable${reason === undefined ? '' : `: ${plain(reason, 120)}`}`,
          ]),
        ),
      ],
    })),
    ...(more > 0 ? [{ name: [small(`and ${more} more`)], line: [small('see the metrics')] }] : []),
  ];
};
