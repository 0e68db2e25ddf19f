import type { CardView, Reader } from '../../../platform/messenger.ts';
import type { Notices } from '../../../platform/notice.ts';
import { runCommand } from '../../../ui/action.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { dots } from '../../../ui/rich-text.ts';
import { age, clock } from '../../../ui/time.ts';

export type OutageModel = Omit<Notices['sight'], 'kind'>;

/** Monitoring itself: that it sees nothing, or that the key is refused, and the end of either. */
export const outageCard: CardView<OutageModel> = (model, reader) => {
  const { title, sentence } = wording(model);
  const line = timeText(model, reader);
  return statement(
    { title, line, sentence, actions: [runCommand('Health', 'health')] },
    dots([title, line]),
  );
};

const wording = ({
  what,
  why,
  before = 0,
  lost = 0,
}: OutageModel): { readonly title: string; readonly sentence: string } => {
  switch (what) {
    case 'blind':
      return {
        title: 'Monitoring is blind',
        sentence: blindText(why),
      };
    case 'sighted':
      return {
        title: 'Monitoring sees again',
        sentence: why === 'accepted' ? acceptedText(lost, before) : sightedText(why),
      };
    case 'key-wrong':
      return {
        title: 'PingPlotter refuses the key',
        sentence:
          'Nothing can be watched or shown with this API key. Make a valid one in PingPlotter Cloud, set PINGPLOTTER_API_KEY to it and start the bot again.',
      };
    case 'key-accepted':
      return {
        title: 'PingPlotter accepts the key again',
        sentence: 'Agents are watched and shown again. There is nothing to do.',
      };
    default:
      return what satisfies never;
  }
};

const blindText = (why: OutageModel['why']): string =>
  why === 'vanished' || why === 'statuses' || why === 'no-fresh'
    ? outageText[why]
    : outageText.unreadable;

const sightedText = (why: OutageModel['why']): string =>
  why === 'measured'
    ? 'There are readings again that can be used. What is wrong now is told here again.'
    : 'What is wrong now is told here again.';

const outageText = {
  unreadable:
    'PingPlotter Cloud cannot be read, so no problem and no recovery is told here until it can. There is nothing to do; the bot keeps trying.',
  vanished:
    'Nearly all agents vanished at once, which points at PingPlotter Cloud rather than at the agents: single ones are not told until most are back, or until PingPlotter has shown the same for 15 minutes. If they are down indeed, look at the network that they share.',
  statuses:
    'PingPlotter Cloud lists the agents, but does not give out their scores, so no poor quality and no recovery is told here until it does. Who goes offline is told as ever. Health says why.',
  'no-fresh':
    'No agent that is online has a reading that can be used: all are too old, or of a time to come. So no poor quality and no recovery is told here until there is one. Who goes offline is told as ever. Health says more.',
} as const;

const acceptedText = (lost: number, before: number): string =>
  `PingPlotter Cloud has shown the same for 15 minutes, so it is taken as true: ${lost} of the ${before} agents that were online are offline or not there any more. What is wrong now is told here again.`;

const timeText = ({ what, since, at }: OutageModel, reader: Reader): string =>
  what === 'blind' || what === 'key-wrong'
    ? `since ${clock(since, reader)}`
    : `after ${age(at - since)}, from ${clock(since, reader)} to ${clock(at, reader)}`;
