import type { StatusWord } from '../../../platform/agent.ts';
import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { whyUnread } from '../../../ui/explanations/unread.ts';
import { bold, dots, run, small } from '../../../ui/rich-text.ts';
import { stateCell } from '../../../ui/status.ts';
import { clock } from '../../../ui/time.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import { adviceFor } from '../domain/advice.ts';
import { nextHour } from '../domain/fit-guess.ts';
import source from './connection.json' with { type: 'json' };

export interface ConnectionModel {
  /** The reader's own agent. */
  readonly view: AgentView;
  /** Whether the person is notified; where that is not known there is a button to begin. */
  readonly notifies?: boolean;
  /** What is new, where the bot speaks by itself. */
  readonly news?: 'unfit' | 'fine';
  /** The word of its diagnosis, where the facts support one. */
  readonly likely?: string;
}

const fill = template(source);

/** A person's own connection, in words that everybody knows. */
export const connectionCard: CardView<ConnectionModel> = (model, reader): Card => {
  const { view, likely, notifies = false, news } = model;
  const { agent, at, statusWord, score } = view;
  const { place, steps } = adviceFor(statusWord, likely);
  const next = nextHour(reader.now);
  const title = news === undefined ? titles[statusWord] : newsTitles[news];
  const isBad = statusWord === 'poor' || statusWord === 'fair';
  const where =
    place === undefined ? 'I cannot tell where it comes from.' : `It is probably ${place}.`;
  return fill(
    {
      title,
      line: [small(dots([plainName(fullName(agent), 60), `as of ${clock(at, reader)}`]))],
      ...stateCell(statusWord, score),
      boxes: isBad ? [{ inlines: [run(where)] }] : [],
      steps: steps.map((step, index) => ({ number: [bold(`${index + 1}.`)], step: [run(step)] })),
      // What the title says is not said twice.
      notes: (news === 'unfit' ? [] : meaning(view)).map((text) => ({ inlines: [small(text)] })),
      actions: [
        execute(statusWord === 'good' ? 'Look again' : 'Better now?', 'connection.show', {
          own: agent.id,
        }),
        ...(statusWord === 'never'
          ? []
          : [
              execute(`Fit at ${clock(next, reader)}?`, 'connection.fit', {
                own: agent.id,
                at: next,
              }),
            ]),
        notifies
          ? execute('Stop notifying me', 'connection.notify', { on: false })
          : execute('Notify me', 'connection.notify', { on: true }),
      ],
    },
    isBad && place !== undefined ? `${title} ${where}` : title,
  );
};

const titles: Readonly<Record<StatusWord, string>> = {
  good: 'Your connection is fine.',
  fair: 'Your connection is so-so.',
  poor: 'Your connection is struggling.',
  offline: 'Your computer is offline.',
  never: 'Your computer has never reported.',
  unknown: 'I cannot say how your connection is.',
  paused: 'Nobody measures your connection just now.',
};

const newsTitles: Readonly<Record<NonNullable<ConnectionModel['news']>, string>> = {
  unfit: 'Your connection is not fit for calls now.',
  fine: 'Your connection is fine again.',
};

const meaning = ({ statusWord, unread }: AgentView): readonly string[] => {
  switch (statusWord) {
    case 'good':
      return ['It is fit for calls now.'];
    case 'fair':
      return ['Calls may stutter now.'];
    case 'poor':
      return ['It is not fit for calls now.'];
    case 'unknown':
      return [
        unread?.scores === undefined
          ? 'Nothing was measured in the last minutes.'
          : `The measurements are missing: ${whyUnread(unread.scores)}.`,
      ];
    case 'paused':
      return ['Somebody has paused it. Your help desk can resume it.'];
    case 'offline':
    case 'never':
      return [];
    default:
      return statusWord satisfies never;
  }
};
