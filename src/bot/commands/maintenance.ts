import { silenceCard } from '../../cards/silence.ts';
import { AppError } from '../../core/errors.ts';
import { optional } from '../../core/optional.ts';
import { parseMaintenance } from '../../core/silence-command.ts';
import type { Card } from '../../core/turn.ts';
import { endMaintenance, planMaintenance } from '../../use-cases/maintain.ts';
import { reply, tellDone } from '../answers.ts';
import type { Command } from '../command.ts';
import { type BotPorts, readerOf, requireRole, type Turn } from '../turn.ts';
import { matchingNow, watchesHereCard } from '../watch-answers.ts';

export const maintenance: Command = {
  name: 'maintenance',
  usage: 'maintenance <filter> from <time> to <time>',
  summary: 'Plan a time in which nothing is told here of the agents that match',
  details: [
    'maintenance field.Site:Boise from 22:00 to 23:30',
    'maintenance all from now to 18:00',
    'maintenance lax-12 from sat 20:00 to sun 06:00',
    'maintenance: what is planned',
    'maintenance off: ends all that is planned here',
  ],
  role: 'viewer',
  run: async (ports, turn, rest) => {
    const typed = rest.trim();
    if (typed === '') return reply(await watchesHereCard(ports, turn));
    requireRole(turn.scope, 'operator', '“maintenance”');
    const off = typed.toLowerCase() === 'off';
    const draw = off ? await end(ports, turn) : await plan(ports, turn, typed);
    return tellDone({ after: off ? 'ended' : 'planned', detail: typed }, draw);
  },
};

/** Plans it; the answer draws its card. */
const plan = async (ports: BotPorts, { scope, reader }: Turn, typed: string) => {
  const { filter, from, until } = await planMaintenance(ports)(
    scope,
    parseMaintenance(typed, reader),
  );
  const by = { by: scope.person.name, at: reader.now };
  return async (): Promise<Card> => {
    const matching = await matchingNow(ports, scope.account, filter);
    const window = { filter, from, until, ...optional('matching', matching) };
    return silenceCard({ what: 'maintenance', ...window, ...by }, readerOf(scope, ports.clock));
  };
};

/** As plan, for the end of all that is planned here. */
const end = async (ports: BotPorts, { scope }: Turn) => {
  const ended = await endMaintenance(ports)(scope);
  if (ended.length === 0)
    throw new AppError('changed', 'no maintenance', {
      explanation: 'No maintenance is planned here.',
    });
  const reader = readerOf(scope, ports.clock);
  const filter = ended.map((window) => window.filter || 'all agents').join(', ');
  const by = { by: scope.person.name, at: reader.now };
  return (): Card => silenceCard({ what: 'maintenance-ended', filter, ...by }, reader);
};
