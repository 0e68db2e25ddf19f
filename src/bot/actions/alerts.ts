import { counted } from '../../cards/rich-text.ts';
import { clock } from '../../cards/time.ts';
import type { Deed } from '../../core/audit-log.ts';
import { durationMeant } from '../../core/moment.ts';
import { optional } from '../../core/optional.ts';
import type { Card, Reply } from '../../core/turn.ts';
import type { StoredAlert } from '../../core/watch-stores.ts';
import { acknowledge } from '../../use-cases/acknowledge.ts';
import { muteAlert } from '../../use-cases/mute.ts';
import { alertsHere } from '../../use-cases/tell-alert.ts';
import { alertAnswer } from '../alert-answers.ts';
import { reply, tellDone } from '../answers.ts';
import { readerOf } from '../turn.ts';
import type { CardAction } from './action.ts';

export const showAlert: CardAction<'alert.show'> = {
  role: 'viewer',
  reads: true,
  run: async (ports, turn, { alert }) =>
    reply(await alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert))),
};

/** An acknowledgement, as the audit log tells it. */
const ackDeed = (alerts: readonly StoredAlert[]): Deed => ({
  after: 'acknowledged',
  detail: alerts.map(({ number }) => `#${number}`).join(' '),
  ...optional('agentId', alerts.length === 1 ? alerts[0]?.agentId : undefined),
});

/** Tells what was acknowledged; where it was nothing, nothing was done. */
export const ackReply = async (
  taken: readonly StoredAlert[],
  draw: () => Card | Promise<Card>,
): Promise<Reply> => (taken.length === 0 ? reply(await draw()) : tellDone(ackDeed(taken), draw));

/** Everybody else sees it by the update that goes to the message itself. */
export const ackAlert: CardAction<'alert.ack'> = {
  role: 'operator',
  run: async (ports, turn, { alert }) => {
    const done = await acknowledge(ports)(turn.scope, alert);
    return ackReply(done.taken, () => alertAnswer(ports, turn, done.alerts));
  },
};

export const muteAlertAgents: CardAction<'alert.mute'> = {
  role: 'operator',
  run: async (ports, turn, { alert, for: span }) => {
    const { until, agents } = await muteAlert(ports)(turn.scope, alert, durationMeant(span));
    const end = clock(until, readerOf(turn.scope, ports.clock));
    const summary = `${counted(agents, 'agent')} muted here until ${end}`;
    return tellDone({ after: `${counted(agents, 'agent')} muted for ${span}` }, async () => {
      const card = await alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert));
      return { ...card, summary };
    });
  },
};
