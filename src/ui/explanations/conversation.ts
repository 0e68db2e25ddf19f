import { asTyped } from '../../shared/text.ts';
import type { Explanations } from './explain.ts';
import { unread } from './typed.ts';

const ifMeantAsName = (word: string): string =>
  `To look for the word itself, put it in quotes: "${word}".`;

/** Watches, alerts, silences and digests of a conversation. */
export const conversation = {
  'watch.matches-nobody': ({ typed }) =>
    `No agent matches ${asTyped(typed)} now, so nothing is watched. To wait for agents of that name, put it in quotes.`,
  'watch.gone': () => 'This watch has ended. Type “watches” to see those that there are.',
  'watch.no-such-number': ({ number }) =>
    `There is no watch ${number} here. Type “watches” to see them with their numbers.`,
  'watch.too-many': ({ most }) =>
    `There are ${most} watches here already. End one first: “watches” shows them.`,
  'watch.one-bound': () => 'A watch follows one bound: a score, poor, fair, or worse than usual.',
  'watch.one-after': () => 'A watch takes one "after".',
  'watch.one-remind': () => 'A watch takes one "remind".',
  'watch.one-escalation': () => 'A watch takes one "escalate".',
  'watch.remind-unclear': ({ typed }) =>
    unread(typed, `Say how often, like "remind 15m". ${ifMeantAsName('remind')}`),
  'watch.escalate-unclear': ({ typed }) =>
    unread(
      typed,
      `Say whom and when, like "escalate to @Megan after 30m" or "escalate to field.Manager after 30m"; this bot is nobody to escalate to. ${ifMeantAsName('escalate')}`,
    ),
  'watch.escalate-halves': () => 'An escalation needs both: whom to mention, and after how long.',
  'watch.care-span': ({ typed }) =>
    `${asTyped(typed)} is not possible: 10 seconds at the least, 7 days at the most. Nothing was changed.`,
  'watch.bound-unclear': () =>
    `After "below" comes a score from 1 to 100, poor or fair. ${ifMeantAsName('below')}`,
  'watch.usual-unclear': ({ typed }) =>
    unread(
      typed,
      `Say "worse than usual", or with a duration of at most 7 days "worse than usual for 15m". ${ifMeantAsName(typed)}`,
    ),
  'watch.after-unclear': () =>
    `After "after" comes a duration of at most 7 days, like 10m or 1h30m. ${ifMeantAsName('after')}`,
  'watch.limit-unclear': ({ typed, what }) =>
    unread(
      typed,
      `A limit is a number above 0, like "${what === 'loss' ? 'loss>2", in % and below 100' : `${what}>${what === 'latency' ? 150 : 30}", in ms`}. ${ifMeantAsName(typed)}`,
    ),
  'watch.one-limit': ({ what }) => `A watch takes one limit of ${what}.`,
  'watch.limit-too-wide': ({ sessions, most }) =>
    `That is about ${sessions} targets, and a watch with limits reads at most ${most}. Nothing was changed: narrow it down with a filter.`,
  'watch.no-trace-data': () =>
    'The PingPlotter key may not read trace data, which limits of latency, loss and jitter need. Nothing was changed.',
  'watch.about-nothing': () =>
    'A watch needs something to tell about: a quality, a limit, offline, or several of these.',
  'watch.changes-alone': ({ typed }) =>
    `“watch changes” takes a filter alone; “${typed}” does not belong there.`,
  'watch.score-missing': () => 'A score from 1 to 100 is needed.',
  'watch.out-of-place': ({ typed }) => `“${typed}” does not belong there.`,
  'watch.quiet-hours': () => 'Quiet hours need a beginning and an end, like 22:00 and 07:00.',
  'watch.quiet-hours-empty': () => 'Quiet hours must not end when they begin.',
  'alert.gone': () =>
    'This alert is not known any more. Type “agents” to see how everything is now.',
  'alert.no-such-number': ({ number }) =>
    `There is no alert ${number} here. Its number stands on its card.`,
  'mute.unclear': ({ typed }) =>
    unread(typed, 'Say whom and how long, like "mute lax-12 for 1h" or "mute all for 30m".'),
  'mute.none': ({ name }) =>
    `${name === undefined ? '“mute all”' : `“${name}”`} does not hold here. Type “watches” to see what is muted.`,
  'hours.unclear': ({ typed }) =>
    unread(
      typed,
      'Say whose and which hours, like "hours lax-12 mon-fri 08:00-18:00", "hours lax-12 daily 22:00-06:00", "hours lax-12 always" or "hours lax-12 learn".',
    ),
  'hours.matches-nobody': ({ typed }) =>
    `No agent matches ${asTyped(typed)} now, so no hours were set or shown.`,
  'mute.of-all': () =>
    'All agents are muted here, not this one alone. Type “unmute all” to end that.',
  'maintenance.unclear': ({ typed }) =>
    unread(
      typed,
      'Say what and when, like "maintenance field.Site:Boise from 22:00 to 23:30", "maintenance all from now to 18:00" or "maintenance lax-12 from sat 20:00 to sun 06:00".',
    ),
  'maintenance.none': () => 'No maintenance is planned here.',
  'digest.unclear': ({ typed }) =>
    unread(
      typed,
      'Say when, like "digest daily at 08:00" or "digest weekly mon at 08:00", with "if changed" behind it to hear only of changes; or "digest now", "digest off".',
    ),
  'audit.no-such-agent': ({ name }) =>
    `Nothing is known of an agent called “${name}”. Type “audit” to see all.`,
} satisfies Partial<Explanations>;
