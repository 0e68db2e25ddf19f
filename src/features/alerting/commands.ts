import { numbersIn } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AppError, asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Reader } from '../../platform/messenger.ts';
import type { Transactional } from '../../platform/store.ts';
import { plainName } from '../../ui/escape.ts';
import { statement } from '../../ui/plain-cards.ts';
import { counted, dots } from '../../ui/rich-text.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { Mutes } from '../silence/store.ts';
import type { Watches } from '../watches/store.ts';
import { type Acknowledged, acknowledgeNumber } from './acknowledge.ts';
import { ackReply } from './actions.ts';
import { acknowledgedText } from './cards/alert-parts.ts';
import type { Alerts, StoredAlert } from './store.ts';
import type { CardCollections } from './update-cards.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly log: Logger;
  readonly store: Transactional<CardCollections> & {
    readonly alerts: Alerts;
    readonly mutes: Mutes;
    readonly watches: Watches;
  };
}

const usage = 'ack <number>';

export const ack = defineCommand({
  name: 'ack',
  aliases: ['acknowledge'],
  group: 'Be told',
  usage,
  summary: 'Acknowledge an alert by its number, so that everybody sees who takes care',
  details: ['ack 12', 'ack 12 13 15', 'The number stands on the alert’s card.'],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    const [number, ...others] = numbersIn(rest, usage);
    if (others.length > 0) return ackAll(ports, turn, [number, ...others]);
    const done = await acknowledgeNumber(ports)(turn.scope, number);
    // The alert's own card is updated: a second one would stay as it is now.
    const line = dots([`#${number}`, oneResult(done, turn.reader)]);
    return ackReply(done.taken, () => statement({ title: line, line: '', actions: [] }, line));
  },
});

/** One line for each number: one that is unknown or fails must not prevent the others. */
const ackAll = async (
  ports: Ports,
  { scope }: Turn,
  numbers: readonly number[],
): Promise<Reply> => {
  const lines: string[] = [];
  const taken: StoredAlert[] = [];
  let failure: AppError | undefined;
  for (const number of numbers)
    try {
      const done = await acknowledgeNumber(ports)(scope, number);
      lines.push(`#${number} ${resultText(done)}`);
      taken.push(...done.taken);
    } catch (error) {
      const refused = asAppError(error);
      const unknown = refused.code === 'not-found' || refused.code === 'changed';
      if (!unknown) failure = refused;
      lines.push(`#${number} ${unknown ? 'is not known here' : 'failed, try it again'}`);
    }
  if (failure !== undefined) {
    // Nothing changed, so the error is the whole reply.
    if (taken.length === 0) throw failure;
    ports.log.warn('ack.incomplete', { error: failure });
  }
  return ackReply(taken, () =>
    statement({ title: 'Acknowledge', line: dots(lines), actions: [] }, dots(lines)),
  );
};

const oneResult = ({ result, by, alerts, taken }: Acknowledged, reader: Reader): string => {
  if (result === 'over') return 'It is over';
  const at = alerts.find(({ ackedBy }) => ackedBy !== undefined)?.ackedAt ?? reader.now;
  const agents = new Set(taken.map(({ agentId }) => agentId)).size;
  return dots([
    acknowledgedText({ name: by?.name ?? '', at }, reader),
    agents > 1 && counted(agents, 'agent'),
  ]);
};

const resultText = ({ result, by }: Acknowledged): string => {
  switch (result) {
    case 'acknowledged':
      return `acknowledged by ${plainName(by?.name ?? '')}`;
    case 'already':
      return `was acknowledged by ${plainName(by?.name ?? '')} before`;
    case 'over':
      return 'is over';
    default:
      return result satisfies never;
  }
};

export const alertCommands = [ack];
