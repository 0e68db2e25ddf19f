import { asTyped, orList } from '../../shared/text.ts';
import type { Explanations } from './explain.ts';

/** A sentence of how it goes, behind that which cannot be read; alone where nothing was typed. */
export const unread = (typed: string, hint: string): string =>
  typed.trim() === '' ? hint : `I cannot read ${asTyped(typed)}, so nothing was done. ${hint}`;

const typeIt = (usage: string): string => `Type it like this: ${usage}`;

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Ends the sentence before it. */
const orRather = (nearest: string | undefined): string =>
  nearest === undefined || nearest === '' ? '.' : `. Did you mean “${shortened(nearest)}”?`;

export const inEnglish = new Intl.NumberFormat('en-US');

/** What was typed, and why it cannot be used. */
export const typedText = {
  'command.too-long': ({ most }) =>
    `A command may have ${inEnglish.format(most)} characters at most. This one is longer, so nothing was done.`,
  'command.usage': ({ typed, usage }) => unread(typed, typeIt(usage)),
  'command.several-lines': ({ typed }) => unread(typed, 'Type one request, on one line.'),
  'command.words-behind': ({ typed, name, usage }) =>
    unread(typed, `It stands behind ${asTyped(name)}. ${typeIt(usage)}`),
  'command.many-targets': ({ typed }) =>
    unread(
      typed,
      'Of many agents all targets are paused or resumed together, by “pause where boise”.',
    ),
  'bulk.pattern': ({ typed, nearest }) =>
    unread(
      typed,
      `A pattern knows {name}, {machine}, {platform}, {n} and {field.Site}${orRather(nearest)}`,
    ),
  'bulk.rename-unclear': ({ typed }) =>
    unread(
      typed,
      'Type it like this: rename where boise to {field.Site}-{n}. Where “to” stands more than once, put the filter’s words or the pattern in quotes.',
    ),
  'help.no-such-command': ({ name, nearest }) => {
    const hint = nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : '';
    return `There is no command “${name}”.${hint} Type “help” to see them all.`;
  },
  'time.no-duration': ({ typed }) =>
    `“${typed}” is no duration. Type one like 15m, 2h, 1d or 1h30m.`,
  'time.too-long': () => 'At most a year is possible: everything ends by itself.',
  'time.not-after': ({ from, to }) => `“${to}” is not after “${from}”.`,
  'time.longer-than': ({ most }) => `At most ${most} at once are possible.`,
  'time.past': ({ typed }) => `“${typed}” is past.`,
  'time.too-far': ({ typed }) => `“${typed}” is more than a year away.`,
  'evidence.case-too-long': ({ most }) =>
    `A case may have ${most} characters at most. This one is longer, so nothing was done.`,
  'filter.too-long': ({ most }) =>
    `A filter may have ${most} characters at most. This one is longer, so nothing was done.`,
  'filter.needs-number': ({ typed, key }) =>
    `“${shortened(typed)}” needs a number, like ${key}<${key === 'wifi' ? 50 : 70}.`,
  'filter.needs-duration': ({ typed, key }) =>
    `“${shortened(typed)}” needs a duration, like ${key}<7d or ${key}>30d.`,
  'filter.no-such-state': ({ typed, nearest, states }) =>
    `I do not know “${shortened(typed)}”${orRather(nearest && `is:${nearest}`)} “is:” goes with ${orList(states)}.`,
  'filter.unknown-key': ({ typed, nearest, keys }) =>
    `I do not know “${shortened(typed)}”${orRather(nearest)} A filter knows ${orList(keys)}. To look for the text itself, put it in quotes.`,
  'filter.no-such-field': ({ typed, nearest, fields }) =>
    `No agent has the field of “${shortened(typed)}”${orRather(nearest)} ${
      fields.length === 0
        ? 'No agent has custom fields.'
        : `There are ${orList(fields.map(shortened))}.`
    }`,
  'saved-filter.no-name': ({ typed, most }) =>
    unread(
      typed,
      `A filter's name is one word of letters, digits, dots, dashes and underscores, ${most} at most, like boise-west.`,
    ),
  'saved-filter.too-long': ({ most }) =>
    `With what its saved filters stand for, this filter has more than ${most} characters, so nothing was done.`,
  'saved-filter.too-many': ({ most }) =>
    `Here are ${most} saved filters already. Forget one first: “filters” shows them.`,
  'saved-filter.gone': () => 'This filter is no longer saved here. “filters” shows those that are.',
  'saved-filter.unknown': ({ typed, nearest, names }) =>
    `No filter called ${asTyped(typed)} is saved here${orRather(nearest)} ${
      names.length === 0
        ? 'Save one like this: save filter boise = field.Site:Boise'
        : `There are ${orList(names.map(shortened))}.`
    }`,
  'filter.needs-text': ({ typed }) =>
    `“${shortened(typed)}” needs something to look for after the colon.`,
  'filter.other-words': ({ typed }) =>
    unread(
      typed,
      `To look for ${asTyped(typed.split(/\s/u, 1)[0] ?? '')} itself, put it in quotes.`,
    ),
} satisfies Partial<Explanations>;
