import type { Card, CardView, ConversationKind } from '../../platform/messenger.ts';
import { runCommand } from '../../ui/action.ts';
import { template } from '../../ui/card.ts';
import { plainName } from '../../ui/escape.ts';
import { small } from '../../ui/rich-text.ts';
import source from './welcome.json' with { type: 'json' };

export interface WelcomeModel {
  readonly kind: ConversationKind;
  readonly addedBy?: string;
}

const fill = template(source);

export const welcomeCard: CardView<WelcomeModel> = ({ kind, addedBy }): Card =>
  fill(
    {
      notes: addedBy === undefined ? [] : [{ inlines: [small(`added by ${plainName(addedBy)}`)] }],
      how: hows[kind],
      actions: [runCommand('Agents', 'agents'), runCommand('Help', 'help')],
    },
    'PingPlotter in Teams: agents and their quality, worst first',
  );

const hows: Readonly<Record<ConversationKind, string>> = {
  personal: 'Type agents, or the name of one.',
  group: 'Mention me and type agents, or the name of one. Everybody in this chat sees the answers.',
  channel:
    'Mention me and type agents, or the name of one. Everybody in this channel sees the answers.',
};
