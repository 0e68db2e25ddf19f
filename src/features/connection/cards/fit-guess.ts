import type { CardView } from '../../../platform/messenger.ts';
import { execute } from '../../../ui/action.ts';
import { plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock, timeRange } from '../../../ui/time.ts';
import { hourMs } from '../../history/domain/rolled-hour.ts';
import { type FitGuess, guessDays, leastDays, unfitMinutes } from '../domain/fit-guess.ts';

export interface FitGuessModel {
  readonly agent: { readonly id: string; readonly name: string };
  readonly guess: FitGuess;
  /** Where the hour begins, ms since 1970. */
  readonly hour: number;
  readonly weekend: boolean;
}

/** How a person's own connection will probably be, in words that everybody knows. */
export const fitGuessCard: CardView<FitGuessModel> = (model, reader) => {
  const { agent, guess, hour } = model;
  const at = clock(hour, reader);
  const title = titles[guess.word](at);
  const during = timeRange(hour, hour + hourMs, reader);
  return statement(
    {
      title,
      line: dots([plainName(agent.name, 60), during]),
      sentence: guess.word === 'unknown' ? unknownText(model) : guessText(model),
      actions: [
        execute('An hour later?', 'connection.fit', { own: agent.id, at: hour + hourMs }),
        execute('And now?', 'connection.show', { own: agent.id }),
      ],
    },
    title,
  );
};

const titles: Readonly<Record<FitGuess['word'], (at: string) => string>> = {
  fit: (at) => `At ${at} your connection will probably be fit for calls.`,
  mixed: (at) => `At ${at} your connection may not be fit for calls.`,
  unfit: (at) => `At ${at} your connection will probably not be fit for calls.`,
  unknown: (at) => `I cannot say how your connection will be at ${at}.`,
};

const daysText = (count: number, weekend: boolean): string =>
  counted(count, weekend ? 'weekend day' : 'working day');

const unknownText = ({ guess, weekend }: FitGuessModel): string =>
  `I know this hour of ${daysText(guess.days, weekend)} in the last ${guessDays / 7} weeks, and need ${leastDays} for a guess.`;

const guessText = ({ guess: { days, fit, stuttered }, weekend }: FitGuessModel): string =>
  [
    `In this hour it was fit for calls on ${fit} of ${daysText(days, weekend)} that I know of the last ${guessDays / 7} weeks.`,
    ...(stuttered === 0 ? [] : [`On ${stuttered} of these calls may have stuttered.`]),
    `Not fit is an hour that was Poor for ${unfitMinutes} minutes or more. This is a guess from these days, and no more.`,
  ].join(' ');
