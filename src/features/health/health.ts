import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Accounts } from '../../platform/accounts.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Conversation, Installation, Installations } from '../../platform/conversation.ts';
import { type AppError, asAppError, type ErrorCode } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { CredentialsRefusal } from '../../platform/messenger.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Store, UnreadableRows } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { mayAct } from '../../shared/role.ts';
import { answersCountMs } from '../diagnosis/domain/verdicts.ts';
import type { RuleAnswers, Verdicts } from '../diagnosis/store.ts';
import { type UnnamedScores, unnamedScores } from '../fleet/domain/unnamed-scores.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { PollState } from './domain/troubles.ts';
import { type AccountPolls, readAccountPolls } from './other-accounts.ts';
import type { MonitorView, OutageSources } from './readiness.ts';

/** Times in ms since 1970. */
export interface Health {
  readonly api: {
    readonly ok: boolean;
    readonly lastGoodAt?: number;
    readonly sentence?: string;
    readonly unnamed?: UnnamedScores;
  };
  readonly poll: PollState & { readonly lagMs?: number };
  readonly store: { readonly ok: boolean; readonly unreadable?: readonly UnreadableRows[] };
  readonly queue: {
    readonly waiting: number;
    readonly oldestDueAt?: number;
    readonly refusedBy?: CredentialsRefusal;
    /** Where Teams refuses the bot's credentials. */
    readonly refused?: 'everywhere' | 'here';
  };
  /** Of this machine, ahead of PingPlotter's; in ms. */
  readonly clockAheadMs: number;
  /** This conversation. */
  readonly here: {
    readonly sent: number;
    readonly failed: number;
    readonly dead?: string;
    readonly lastError?: string;
  };
  /** What people say of the rules that name causes. */
  readonly rules?: readonly RuleAnswers[];
  /** The file of accounts is at fault, and the bot goes by what it held before. */
  readonly fileFaults?: readonly string[];
  /** Where there are several, for admins of all of them only. */
  readonly accounts?: readonly AccountPolls[];
  /** For admins only. */
  readonly conversations?: readonly Installation[];
}

export interface HealthPorts extends OutageSources {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly log: Logger;
  readonly monitor: MonitorView;
  /** Where Teams refuses the bot's credentials: everywhere, or in this conversation alone. */
  readonly refusal: (conversation: Conversation) => 'everywhere' | 'here' | undefined;
  readonly pollSeconds: number;
  readonly roles: { isListedAdmin(objectId: string): boolean };
  readonly store: Pick<Store, 'check' | 'unreadable'> & {
    readonly installations: Installations;
    readonly outbox: Outbox;
    readonly verdicts: Pick<Verdicts, 'answers'>;
  };
}

/** How everything is; what cannot be asked is shown as not working, never thrown. */
export const readHealth =
  (ports: HealthPorts) =>
  async (scope: Scope): Promise<Health> => {
    const [answer, poll, kept, accounts] = await Promise.all([
      askPingPlotter(ports, scope.account),
      readPolls(ports, scope.account),
      readStore(ports, scope),
      readAccountPolls(ports, scope),
    ]);
    const faults = ports.accountsFaults?.() ?? [];
    const goodAt = [answer.takenAt, poll.lastGoodAt].filter((at) => at !== undefined);
    return {
      api: {
        ok: answer.ok,
        ...optional('lastGoodAt', goodAt.length > 0 ? Math.max(...goodAt) : undefined),
        ...optional('sentence', answer.sentence),
        ...optional('unnamed', unnamedScores(ports.fleets.last(scope.account)?.agents ?? [])),
      },
      poll,
      ...kept,
      queue: { ...kept.queue, ...optional('refusedBy', ports.credentials()) },
      clockAheadMs: ports.clockAheadMs(scope.account),
      ...optional('fileFaults', faults.length > 0 ? faults : undefined),
      ...optional('accounts', accounts),
    };
  };

const askPingPlotter = async (
  { fleets }: Pick<HealthPorts, 'fleets'>,
  account: string,
): Promise<{ readonly ok: boolean; readonly takenAt?: number; readonly sentence?: string }> => {
  try {
    return { ok: true, takenAt: (await fleets.read(account)).takenAt };
  } catch (error) {
    const { code, detail } = asAppError(error);
    return {
      ok: false,
      ...optional('takenAt', fleets.last(account)?.takenAt),
      sentence: failureText(code, detail),
    };
  }
};

const failureText = (code: ErrorCode, { proxy }: AppError['detail']): string => {
  if (code === 'key-wrong') return 'the API key is refused';
  return proxy === true
    ? 'the proxy on the way refuses the connection or does not answer'
    : `the last call failed: ${code}`;
};

const readPolls = async (
  { monitor, clock, pollSeconds, log }: HealthPorts,
  account: string,
): Promise<Health['poll']> => {
  try {
    const state = await monitor.polls(account);
    if (state.lastAt === undefined) return state;
    return {
      ...state,
      lagMs: Math.max(0, Math.abs(clock.now() - state.lastAt) - pollSeconds * 1000),
    };
  } catch (error) {
    log.warn('health.polls-unreadable', { code: asAppError(error).code });
    return {};
  }
};

const readStore = async (
  { store, refusal, clock, log }: HealthPorts,
  scope: Scope,
): Promise<Pick<Health, 'store' | 'queue' | 'here' | 'rules' | 'conversations'>> => {
  try {
    await store.check();
    const here = await store.installations.find(conversationOf(scope));
    const dead = here?.state === 'dead' ? (here.deadReason ?? 'for an unknown reason') : undefined;
    return {
      store: { ok: true, unreadable: store.unreadable() },
      queue: {
        // What waits of other accounts is nothing to show here.
        ...(await store.outbox.backlog(scope.account)),
        ...optional('refused', refusal(conversationOf(scope))),
      },
      here: {
        sent: here?.sent ?? 0,
        failed: here?.failed ?? 0,
        ...optional('dead', dead),
        ...optional('lastError', here?.lastError),
      },
      rules: await store.verdicts.answers(scope.account, clock.now() - answersCountMs),
      ...(mayAct(scope.role, 'admin')
        ? { conversations: await store.installations.list(scope.account) }
        : {}),
    };
  } catch (error) {
    log.warn('health.store-unreadable', { code: asAppError(error).code });
    return { store: { ok: false }, queue: { waiting: 0 }, here: { sent: 0, failed: 0 } };
  }
};
