import { plainName } from '../../cards/outside-text.ts';
import { dots } from '../../cards/rich-text.ts';
import { statement } from '../../cards/statement.ts';
import { asAppError } from '../../core/errors.ts';
import type { Card } from '../../core/turn.ts';
import { type Acknowledged, acknowledgeNumber } from '../../use-cases/acknowledge.ts';
import { ackDeed } from '../actions/alerts.ts';
import { alertAnswer } from '../alert-answers.ts';
import { tellDone } from '../answers.ts';
import type { Command } from '../command.ts';
import type { BotPorts, Turn } from '../turn.ts';
import { numbersIn } from './numbers.ts';

const usage = 'ack <number>';

export const ack: Command = {
  name: 'ack',
  aliases: ['acknowledge'],
  usage,
  summary: 'Acknowledge an alert by its number, so that everybody sees who takes care',
  details: ['ack 12', 'ack 12 13 15', 'The number stands on the alert’s card.'],
  role: 'operator',
  run: async (ports, turn, rest) => {
    const [number, ...others] = numbersIn(rest, usage);
    if (others.length > 0) {
      const numbers = [number, ...others];
      const detail = numbers.map((one) => `#${one}`).join(' ');
      const card = await ackAll(ports, turn, numbers);
      return tellDone({ after: 'acknowledged', detail }, () => card);
    }
    const { alerts } = await acknowledgeNumber(ports)(turn.scope, number);
    return tellDone(ackDeed(alerts), () => alertAnswer(ports, turn, alerts));
  },
};

/** One line for each: a number that does not fit must not keep the others from being acknowledged. */
const ackAll = async (
  ports: BotPorts,
  { scope }: Turn,
  numbers: readonly number[],
): Promise<Card> => {
  const lines: string[] = [];
  for (const number of numbers)
    try {
      lines.push(`#${number} ${told(await acknowledgeNumber(ports)(scope, number))}`);
    } catch (error) {
      const { code } = asAppError(error);
      if (code !== 'not-found' && code !== 'changed') throw error;
      lines.push(`#${number} is not known here`);
    }
  const title = 'Acknowledge';
  return statement({ title, line: dots(lines), actions: [] }, dots(lines));
};

const told = ({ result, by }: Acknowledged): string => {
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
