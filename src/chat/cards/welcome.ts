import type { Card, CardView, ConversationKind } from '../../platform/messenger.ts';
import { template } from '../../ui/card.ts';
import { plainName } from '../../ui/escape.ts';
import { run, small } from '../../ui/rich-text.ts';
import type { Invited } from '../define-command.ts';
import { howToAsk, whatItDoes } from './greeting.ts';
import { firstButtons } from './invitations.ts';
import source from './welcome.json' with { type: 'json' };

export interface WelcomeModel {
  readonly kind: ConversationKind;
  readonly addedBy?: string;
  /** What this person is invited to here. */
  readonly invited: readonly Invited[];
}

const fill = template(source);

export const welcomeCard: CardView<WelcomeModel> = ({ kind, addedBy, invited }): Card =>
  fill(
    {
      notes: addedBy === undefined ? [] : [{ inlines: [small(`added by ${plainName(addedBy)}`)] }],
      does: [run(whatItDoes)],
      how: [small(`${howToAsk(invited)}${others[kind]}`)],
      actions: firstButtons(invited),
    },
    `PingPlotter in Teams. ${whatItDoes}`,
  );

const others: Readonly<Record<ConversationKind, string>> = {
  personal: '',
  group: ' Mention me first. Everybody in this chat sees what I show.',
  channel: ' Mention me first. Everybody in this channel sees what I show.',
};
