import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { resolveAgent } from '../../chat/resolve-agent.ts';
import { chooseSlashReading } from '../../chat/resolve-target.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { requireEnd } from '../../chat/typed-time.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { unquoted } from '../../shared/text.ts';
import { formatDuration } from '../../shared/time.ts';
import { previewOfMany } from './many.ts';
import { grammarOf, readingsOf, slashReadingsOf, type TypedSessions } from './parse.ts';
import { changeSessions } from './pause-resume.ts';
import type { PlanRecurringPause, ChangePorts as Ports } from './ports.ts';
import { outcomeReply } from './replies.ts';
import { type Change, changeTarget, choices } from './resolve-target.ts';

const pauseUsage = 'pause <agent | where filter> [/ <target>] [for 2h | until 08:00]';

export const pause = defineCommand({
  name: 'pause',
  aliases: ['stop'],
  group: 'Act',
  usage: pauseUsage,
  summary: 'Pause one target, or all of an agent; with a time it resumes by itself',
  invitation: {
    place: 4,
    does: 'Pause, rename or reconnect an agent',
    words: 'please pause lax-12 for 2h',
    button: 'How to',
    press: { verb: 'command.run', data: { command: 'help', topic: 'pause' } },
  },
  details: [
    'pause lax-12',
    'pause lax-12 / crm',
    'pause lax-12 for 2h',
    'pause lax-12 / crm until mon 08:00',
    'pause where field.Site:Boise for 2h: many at once, after a preview',
    'pause all: every agent, after a preview',
    'pause lax-12 daily 22:00-06:00: again and again; also weekdays, or days like sat,sun',
  ],
  role: 'operator',
  run: async (ports: Ports & { readonly planRecurringPause: PlanRecurringPause }, turn, typed) => {
    const recurring = await ports.planRecurringPause(turn, typed);
    if (recurring !== undefined) return recurring;
    const meant = await chooseReading(ports, turn, 'pause', typed, pauseUsage);
    return 'many' in meant ? meant.many : change(ports, turn, meant, pauseUntil(meant, turn));
  },
});

const resumeUsage = 'resume <agent | where filter> [/ <target>]';

export const resume = defineCommand({
  name: 'resume',
  aliases: ['start', 'unpause'],
  group: 'Act',
  usage: resumeUsage,
  summary: 'Resume one target, or all of an agent',
  details: [
    'resume lax-12',
    'resume lax-12 / crm',
    'resume where field.Site:Boise: many at once, after a preview',
  ],
  role: 'operator',
  run: async (ports: Ports, turn, typed) => {
    const meant = await chooseReading(ports, turn, 'resume', typed, resumeUsage);
    if ('many' in meant) return meant.many;
    if (meant.timing !== undefined) throw refusal('bad-input', 'resume.timed');
    return change(ports, turn, meant, { action: 'resume', label: 'Resume', usage: resumeUsage });
  },
});

/** A span begins at the press, a time of day counts from when it was typed. */
const pauseUntil = ({ timing }: TypedSessions, { reader }: Turn): Change => {
  const pausing = { action: 'pause', label: 'Pause', usage: pauseUsage } as const;
  if (timing === undefined) return pausing;
  const until = requireEnd(timing, reader);
  const lasting = formatDuration(until - reader.now);
  return timing.kind === 'for'
    ? { ...pausing, until, data: { for: lasting }, ending: ` for ${lasting}` }
    : { ...pausing, until, data: { until }, ending: ` until ${timing.text}` };
};

const change = async (
  ports: Ports,
  turn: Turn,
  { agent, target }: TypedSessions,
  wanted: Change,
): Promise<Reply> =>
  resolveAgent(ports, turn, {
    name: unquoted(agent),
    usage: wanted.usage,
    verb: `agent.${wanted.action}`,
    choose: choices(ports, turn, wanted, target),
    act: async (found) => {
      if (target !== undefined) return changeTarget(ports, turn, found, target, wanted);
      const { action, until } = wanted;
      const all = { agent: found.id, action, ...optional('until', until) };
      return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, all));
    },
  });

/** A whole name comes before the grammar; a slash without spaces counts where only one reading is possible. */
const chooseReading = async (
  ports: Ports,
  turn: Turn,
  act: 'pause' | 'resume',
  typed: string,
  usage: string,
): Promise<TypedSessions | { readonly many: Reply }> => {
  const { account } = turn.scope;
  if (typed.trim() === '') throw usageError(usage);
  const whole = await ports.finder.readingOfWholeName(account, readingsOf(typed));
  if (whole !== undefined) return whole;
  const many = await previewOfMany(ports, turn, act, typed, usage);
  if (many !== undefined) return { many };
  const grammar = grammarOf(typed);
  return chooseSlashReading(ports.finder, account, grammar, slashReadingsOf(grammar));
};

export const pauseCommands = [pause, resume];
