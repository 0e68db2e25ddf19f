import type { BotPorts } from '../../app.ts';
import type { CardAction } from '../../chat/define-action.ts';
import { reply, tellDone } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { durationMeant } from '../../chat/typed-time.ts';
import type { Deed } from '../../platform/errors.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import { counted } from '../../ui/rich-text.ts';
import { clock } from '../../ui/time.ts';
import { acknowledge, muteAlert } from './acknowledge.ts';
import { alertCard } from './cards/alert.ts';
import { groupCard } from './cards/group.ts';
import { alertsHere, goneAlert, tellTogether } from './load-alerts.ts';
import type { StoredAlert } from './store.ts';

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

/** The card that these alerts share, in its newest state. Throws 'changed' when nothing of it can be told. */
export const alertAnswer = async (
  ports: BotPorts,
  { scope }: Turn,
  alerts: readonly StoredAlert[],
): Promise<Card> => {
  const told = await tellTogether(ports)(alerts);
  if (told === undefined) throw goneAlert();
  const reader = readerOf(scope, ports.clock);
  return told.kind === 'alert' ? alertCard(told.alert, reader) : groupCard(told.group, reader);
};
