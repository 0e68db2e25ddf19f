import type { AgentId } from '../../platform/agent.ts';
import type { Card, CardView } from '../../platform/messenger.ts';
import { openRow, primaryLimit, runCommand } from '../../ui/action.ts';
import { template } from '../../ui/card.ts';
import { markdown, plain, plainName } from '../../ui/escape.ts';
import { opening, run, small, subtle } from '../../ui/rich-text.ts';
import type { Invited } from '../define-command.ts';
import source from './greeting.json' with { type: 'json' };
import { examples, firstButtons, mayNameAgents } from './invitations.ts';

export interface GreetingModel {
  /** False when what was said is no command and no name. */
  readonly understood: boolean;
  readonly said?: string;
  /** What this person is invited to here. */
  readonly invited: readonly Invited[];
  /** The nearest. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  /** The nearest by name. */
  readonly agents: readonly { readonly id: AgentId; readonly name: string }[];
}

const fill = template(source);

export const greetingCard: CardView<GreetingModel> = (model): Card => {
  const { understood, said = '', invited, commands, agents } = model;
  const missed = said.trim() === '' ? 'I did not understand that' : 'I did not understand';
  const near = commands.length + agents.length > 0;
  const lead = understood ? whatItDoes : near ? 'Did you mean one of these?' : howToAsk(invited);
  return fill(
    {
      title: understood ? 'Hello' : `${missed}${quoted(markdown(said, 80))}`,
      lead: understood ? [run(lead)] : [small(lead)],
      notes: understood ? [{ inlines: [small(howToAsk(invited))] }] : [],
      rows: [
        ...commands.slice(0, primaryLimit).map(({ name, summary }) => ({
          open: runCommand(name, name, { tooltip: summary }),
          inlines: [opening(name), subtle(`  ${summary}`)],
        })),
        ...agents.map(({ id, name }) => ({
          open: openRow(name, 'agent', { agent: id }),
          inlines: [opening(plainName(name)), subtle('  agent')],
        })),
      ],
      actions: firstButtons(invited),
    },
    understood ? `Hello. ${lead}` : `${missed}${quoted(plain(said, 80))}. ${lead}`,
  );
};

const quoted = (said: string): string => (said === '' ? '' : ` “${said}”`);

/** What the bot is for, in one sentence. */
export const whatItDoes =
  'I show which PingPlotter agents have trouble, tell you when one gets bad, and change agents as far as your role allows.';

/** How somebody asks who has not learned the commands. */
export const howToAsk = (invited: readonly Invited[]): string =>
  `${mayNameAgents(invited) ? 'Type an agent’s name to see it, or ask' : 'Ask'} in plain words: ${examples(invited)}.`;
