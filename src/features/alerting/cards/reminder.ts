import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdown, plain, plainName } from '../../../ui/escape.ts';
import { type Mentioned, mention } from '../../../ui/mention.ts';
import { dots, small } from '../../../ui/rich-text.ts';
import { age, clock } from '../../../ui/time.ts';
import { sinceOf } from '../domain/alert-detail.ts';
import type { AlertView, GroupView } from '../domain/alert-view.ts';
import { alertToast } from './alert-parts.ts';
import source from './reminder.json' with { type: 'json' };

/** Why somebody cannot be mentioned who should be. `name` and `value` come from outside. */
export interface Unmentioned {
  readonly why: 'no-field' | 'not-here' | 'guest' | 'unreadable';
  /** The custom field that should name the person. */
  readonly field?: string;
  /** The person, or what stands in the field. */
  readonly name?: string;
}

/** What the card is about: an alert or a group. */
export type Subject =
  | { readonly kind: 'alert'; readonly alert: AlertView }
  | { readonly kind: 'group'; readonly group: GroupView };

export interface ReminderModel {
  readonly about: Subject;
  readonly what:
    | { readonly kind: 'remind'; readonly number: number }
    | { readonly kind: 'escalate' }
    /** `until` = when it ended, in ms since 1970. */
    | { readonly kind: 'ack-ended'; readonly until: number };
  readonly who: { readonly mentioned: Mentioned } | { readonly unmentioned: Unmentioned };
}

const fill = template(source);

const mostReminders = 3;

/** Asks one person to take on an alert that nobody has. */
export const reminderCard: CardView<ReminderModel> = ({ about, what, who }, reader): Card => {
  const entities = 'mentioned' in who ? [mention(who.mentioned)] : [];
  const called = entities.map(({ text }) => `${text}, `).join('');
  const title = `${titleOf(what, reader)}: ${numberOf(about)}`;
  const sentence = sentenceOf({ what, about }, entities.length > 0, reader);
  return fill(
    {
      entities,
      title: markdown(title, 200),
      text:
        called === ''
          ? sentence
          : `${called}${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
      notes: [
        { inlines: [small(subjectOf(about, reader))] },
        ...('unmentioned' in who ? [{ inlines: [small(nobodyText(who.unmentioned))] }] : []),
      ],
      actions: [execute(`Show ${numberOf(about)}`, 'alert.show', { alert: idOf(about) })],
    },
    dots([plain(title, 100), subjectOf(about, reader)]),
  );
};

const idOf = (about: Subject): string => (about.kind === 'alert' ? about.alert.id : about.group.id);

/** A group is called by its first number. */
const numberOf = (about: Subject): string =>
  `#${
    about.kind === 'alert'
      ? about.alert.number
      : Math.min(...about.group.members.map(({ number }) => number))
  }`;

const subjectOf = (about: Subject, reader: Reader): string => {
  if (about.kind === 'group')
    return dots([
      plain(about.group.title, 200),
      `since ${clock(about.group.since, reader)}, ${age(reader.now - about.group.since)}`,
    ]);
  const { detail } = about.alert;
  return dots([alertToast(detail, reader), `since ${clock(sinceOf(detail), reader)}`]);
};

const titleOf = (what: ReminderModel['what'], _reader: Reader): string => {
  switch (what.kind) {
    case 'remind':
      return `Reminder ${what.number} of ${mostReminders}`;
    case 'escalate':
      return 'Escalated';
    case 'ack-ended':
      return 'Acknowledgement ended';
    default:
      return what satisfies never;
  }
};

/** Those of a group that nobody has, where somebody has the others. */
const restOf = (about: Subject): string | undefined => {
  if (about.kind === 'alert' || about.group.acked === undefined) return undefined;
  const { open, acked } = about.group;
  return `${open - acked} of these ${open}`;
};

const sentenceOf = (
  { what, about }: Pick<ReminderModel, 'what' | 'about'>,
  isToSomebody: boolean,
  reader: Reader,
): string => {
  const rest = restOf(about);
  switch (what.kind) {
    case 'remind':
      return `Nobody has acknowledged ${rest ?? 'this'} yet.`;
    case 'escalate':
      return isToSomebody
        ? `Nobody has acknowledged ${rest ?? 'this'}, so it comes to you.`
        : `Nobody has acknowledged ${rest ?? 'this'}.`;
    case 'ack-ended':
      return `Your acknowledgement ended at ${clock(what.until, reader)}, and it still goes on. Nobody has ${rest ?? 'it'} now.`;
    default:
      return what satisfies never;
  }
};

const nobodyText = ({ why, field, name = '' }: Unmentioned): string => {
  const who =
    field === undefined ? plainName(name, 60) : `${plainName(field, 40)} “${plain(name, 60)}”`;
  const end = 'so nobody is mentioned.';
  switch (why) {
    case 'no-field':
      return `The agent has no field ${plainName(field ?? '', 40)}, ${end}`;
    case 'not-here':
      return `${who} is not in this conversation, ${end}`;
    case 'guest':
      return `${who} is a guest of the tenant and can take care of no alert, ${end}`;
    case 'unreadable':
      return `Teams could not say just now who ${who} is, ${end}`;
    default:
      return why satisfies never;
  }
};
