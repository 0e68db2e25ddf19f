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
        sentence: why === 'vanished' ? outageText.vanished : outageText.unreadable,
      };
    case 'sighted':
      return {
        title: 'Monitoring sees again',
        sentence:
          why === 'accepted' ? acceptedText(lost, before) : 'What is wrong now is told here again.',
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

const outageText = {
  unreadable:
    'PingPlotter Cloud cannot be read, so no problem and no recovery is told here until it can. There is nothing to do; the bot keeps trying.',
  vanished:
    'Nearly all agents vanished at once, which points at PingPlotter Cloud rather than at the agents: single ones are not told until most are back, or until PingPlotter has shown the same for 15 minutes. If they are down indeed, look at the network that they share.',
} as const;

const acceptedText = (lost: number, before: number): string =>
  `PingPlotter Cloud has shown the same for 15 minutes, so it is taken as true: ${lost} of the ${before} agents that were online are offline or not there any more. What is wrong now is told here again.`;

const timeText = ({ what, since, at }: OutageModel, reader: Reader): string =>
  what === 'blind' || what === 'key-wrong'
    ? `since ${clock(since, reader)}`
    : `after ${age(at - since)}, from ${clock(since, reader)} to ${clock(at, reader)}`;
