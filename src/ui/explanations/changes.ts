import { asTyped } from '../../shared/text.ts';
import type { Explanations } from './explain.ts';
import { inEnglish, unread } from './typed.ts';

const quotesRoundAll = 'Put the whole new name in quotes, and nothing behind it.';

/** Why an agent was not changed, or why it is not known whether it was. */
export const changes = {
  'agent.name-missing': () => 'A name is needed.',
  'agent.name-too-long': ({ most }) =>
    `A name may have ${inEnglish.format(most)} characters at most. This one is longer, so nothing was done.`,
  'agent.name-one-line': ({ typed }) => unread(typed, 'A name is one line.'),
  'agent.name-in-quotes': ({ typed }) => unread(typed, quotesRoundAll),
  'agent.slash-unclear': ({ typed }) =>
    unread(
      typed,
      'The slash may stand in the name or before the target: put spaces round the slash that is meant.',
    ),
  'agent.target-gone': () => 'This target is no longer on the agent.',
  'create.target-without-address': ({ place }) =>
    `Target ${place} has a configuration, but no address.`,
  'create.interval': ({ place, least, most }) =>
    `The time between samples of target ${place} must be a number of seconds from ${least} to ${inEnglish.format(most)}.`,
  'pause.end-past': () => 'The pause on this card would have ended already, so nothing was done.',
  'resume.timed': () => 'Only a pause ends by itself: “pause lax-12 for 2h”. Nothing was resumed.',
  'undo.nothing': () => 'There is nothing of yours here to take back.',
  'undo.too-late': () => 'This change was taken back already, or it is too old.',
  'undo.of-somebody-else': ({ name }) => `Only ${name} can take this back, who did it.`,
  'undo.pause-over': () => 'The pause would have ended by itself by now, so it is not begun again.',
  'undo.renamed-since': () => 'The agent was renamed again since, so its name stays as it is.',
  'bulk.count': ({ count, typed }) =>
    `${typed === '' ? 'The count is missing' : `${asTyped(typed)} is not the count`}: type ${count} to delete these agents. Nothing was deleted.`,
  'alert.nobody-ticked': () => 'Tick at least one alert: nothing was changed.',
  'bulk.nobody-ticked': () => 'Tick at least one agent: nothing was changed.',
  'bulk.nobody-there': () => 'No agent is in this list any more.',
  'bulk.over': () => 'This is over already: the card shows how it ended.',
  'bulk.runs': () => 'This still runs. Cancel it first, then take back what it did.',
  'bulk.unknown': () => 'This bulk change is not known here any more. “jobs” lists those that are.',
  'bulk.nothing-failed': () => 'Nothing is left to try again.',
  'bulk.too-old': () => 'This is more than a day old, so it stays as it is.',
  'not-confirmed.paused': () =>
    'PingPlotter did not say whether it paused the sessions. Look at the agent before you try again.',
  'not-confirmed.resumed': () =>
    'PingPlotter did not say whether it resumed the sessions. Look at the agent before you try again.',
  'not-confirmed.renamed': () =>
    'PingPlotter did not say whether it took the new name. Look at the agent before you try again.',
  'not-confirmed.name-taken-back': () =>
    'PingPlotter did not say whether it took the old name back. Look at the agent before you try again.',
  'not-confirmed.reconnected': () =>
    'PingPlotter did not say whether it reconnects the agent. Wait a minute and look at it before you try again.',
  'not-confirmed.deleted': () =>
    'PingPlotter did not say whether it deleted the agent. Look for it before you try again.',
  'not-confirmed.created': ({ what }) =>
    `PingPlotter did not say whether it created the ${what}. Look for it before you try again, or there may be two.`,
} satisfies Partial<Explanations>;
