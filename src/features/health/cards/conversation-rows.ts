import type { ConversationKind } from '../../../platform/messenger.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { bold, counted, dots, small } from '../../../ui/rich-text.ts';

export interface ConversationHealth {
  readonly label: string;
  readonly kind: ConversationKind;
  readonly sent: number;
  readonly failed: number;
  readonly state: 'alive' | 'dead';
  readonly reason?: string;
}

type Conversations = readonly ConversationHealth[];

export const countText = (conversations: Conversations): string => {
  const dead = conversations.filter(({ state }) => state === 'dead').length;
  return dots([counted(conversations.length, 'conversation'), dead > 0 && `${dead} not reachable`]);
};

/** What does not work comes first; the rest is for the metrics. */
const shownConversations = 20;

export const conversationRows = (conversations: Conversations) => {
  const worst = conversations.toSorted(
    (a, b) => Number(b.state === 'dead') - Number(a.state === 'dead') || b.failed - a.failed,
  );
  const more = worst.length - shownConversations;
  return [
    ...worst.slice(0, shownConversations).map(({ label, kind, sent, failed, state, reason }) => ({
      name: [bold(plainName(label))],
      line: [
        small(
          dots([
            kind,
            `${sent} sent`,
            `${failed} failed`,
            state === 'dead' &&
              `not reachable${reason === undefined ? '' : `: ${plain(reason, 120)}`}`,
          ]),
        ),
      ],
    })),
    ...(more > 0 ? [{ name: [small(`and ${more} more`)], line: [small('see the metrics')] }] : []),
  ];
};
