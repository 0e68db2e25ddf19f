import type { Reader } from '../../../platform/messenger.ts';
import { plainName } from '../../../ui/escape.ts';
import { counted } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { AlertNote, AlertView } from '../domain/alert-view.ts';

const shownNotes = 4;

/** Who has it, and who wrote or changed what when, the newest last; plain text. */
export const careLines = (
  { ackedBy, assignedTo, notes = [] }: Partial<Pick<AlertView, 'ackedBy' | 'assignedTo' | 'notes'>>,
  reader: Reader,
): readonly string[] => {
  const assigned = notes.findLast(({ act }) => act === 'assign');
  // What the card says as its state is not said twice.
  const acked = ackedBy && notes.findLast(({ act }) => act === 'ack');
  const rest = notes.filter(
    (note) => note !== acked && (assignedTo === undefined || note !== assigned),
  );
  const more = rest.length - shownNotes;
  return [
    ...(assignedTo === undefined ? [] : [assignedText(assignedTo, assigned, reader)]),
    ...(more > 0 ? [counted(more, 'earlier entry', 'earlier entries')] : []),
    ...rest.slice(-shownNotes).map((note) => noteText(note, reader)),
  ];
};

const assignedText = (to: string, by: AlertNote | undefined, reader: Reader): string =>
  `Assigned to ${plainName(to)}${
    by === undefined ? '' : ` by ${plainName(by.by)} at ${clock(by.at, reader)}`
  }`;

/** `#1, #3`, or how many where they are many; `it` where it is about the whole card. */
const aboutText = (about: readonly number[] | undefined): string => {
  if (about === undefined) return 'it';
  return about.length > namedNumbers
    ? counted(about.length, 'alert')
    : about.map((number) => `#${number}`).join(', ');
};

const namedNumbers = 3;

const noteText = ({ by, at, text, act, about }: AlertNote, reader: Reader): string => {
  const when = clock(at, reader);
  const who = plainName(by);
  switch (act) {
    case undefined:
      return `${when} ${who}: ${plainName(text, 200)}`;
    case 'ack':
      return `${when} ${who} acknowledged ${aboutText(about)}${text === '' ? '' : ` for ${plainName(text, 20)}`}`;
    case 'unack':
      return `${when} ${who} gave ${aboutText(about)} back`;
    case 'assign':
      return `${when} ${who} assigned ${aboutText(about)} to ${plainName(text)}`;
    case 'ack-ended':
      return `${when} the acknowledgement of ${who} ended`;
    default:
      return act satisfies never;
  }
};
