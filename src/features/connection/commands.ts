import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { parseTime } from '../../shared/moment.ts';
import { nextHour } from './domain/fit-guess.ts';
import { type NotifyPorts, notifyMe, notifyMeNoMore } from './notify.ts';
import { type ShowPorts, showConnection } from './show-connection.ts';
import { type FitGuessPorts, showFitGuess } from './show-fit-guess.ts';

const usage = 'my connection';

export const myConnection = defineCommand({
  name: 'my',
  group: 'Look',
  usage,
  summary: 'How your own connection is, and what helps',
  details: ['In channels and group chats only you see the answer.'],
  invitation: {
    place: 8,
    does: 'See how your own connection is, and what helps',
    words: 'my connection',
    button: 'My connection',
    press: { verb: 'command.run', data: { command: 'my', rest: 'connection' } },
  },
  role: 'none',
  needs: 'ownerField',
  reads: true,
  run: async (ports: ShowPorts, turn, rest) => {
    if (rest.trim().toLowerCase() !== 'connection') throw usageError(usage, rest);
    return showConnection(ports)(turn);
  },
});

const fitUsage = 'fit for calls [at <time>]';

export const fit = defineCommand({
  name: 'fit',
  group: 'Look',
  usage: fitUsage,
  summary: 'Whether your own connection will be fit for calls, guessed from the last weeks',
  details: [
    'fit for calls at 14:00',
    'fit for calls at mon 9am',
    'Without a time it is the next full hour. In channels and group chats only you see the answer.',
  ],
  role: 'none',
  needs: 'ownerField',
  reads: true,
  run: async (ports: FitGuessPorts, turn, rest) => {
    const { timeZone } = turn.scope;
    const { now } = turn.reader;
    const [, time] = forCalls.exec(rest.trim()) ?? [];
    const asked = time === undefined ? nextHour(now) : parseTime(time, { now, timeZone });
    if (asked === undefined || !forCalls.test(rest.trim())) throw usageError(fitUsage, rest);
    return showFitGuess(ports)(turn, asked);
  },
});

const forCalls = /^for (?:a )?calls?(?: at (.{1,60}))?$/iu;

const notifyUsage = 'notify me [off]';

export const notify = defineCommand({
  name: 'notify',
  group: 'Be told',
  usage: notifyUsage,
  summary: 'Hear in your 1:1 chat when your own connection is not fit for calls',
  details: ['notify me', 'notify me off'],
  role: 'none',
  needs: 'ownerField',
  run: async (ports: NotifyPorts, turn, rest) => {
    const typed = rest.trim().toLowerCase().replace(/\s+/gu, ' ');
    if (typed === 'me') return notifyMe(ports)(turn);
    if (typed === 'me off') return notifyMeNoMore(ports)(turn);
    throw usageError(notifyUsage, rest);
  },
});

export const connectionCommands = [myConnection, fit];
export const notifyCommands = [notify];
