import { answeredCard, interimCard } from '../../chat/cards/waiting.ts';
import { readerOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Card } from '../../platform/messenger.ts';
import { ofAccount } from '../../ui/of-account.ts';
import { askedIn } from './at-account.ts';
import type { AccountFinder } from './find-account.ts';

interface Ports {
  readonly accountFinder: Pick<AccountFinder, 'last'>;
  readonly clock: Clock;
}

export interface WaitingCards {
  /** What is shown while PingPlotter takes longer than Teams waits. */
  interim(scope: Scope): Card;
  /** What is shown in its place where the answer went to the asker alone. */
  answered(scope: Scope): Card;
}

/** What is shown until an answer is there, with the name of the account that the turn has found by then. */
export const createWaitingCards = ({ accountFinder, clock }: Ports): WaitingCards => ({
  interim: (scope) =>
    ofAccount(interimCard({}, readerOf(scope, clock)), accountFinder.last(askedIn(scope))),
  answered: (scope) => ofAccount(answeredCard(), accountFinder.last(askedIn(scope))),
});
