import type { AgentId } from '../../platform/agent.ts';
import type { Card, CardView } from '../../platform/messenger.ts';
import { openRow, primaryLimit, runCommand } from '../../ui/action.ts';
import { template } from '../../ui/card.ts';
import { markdown, plain, plainName } from '../../ui/escape.ts';
import { bold, small, subtle } from '../../ui/rich-text.ts';
import source from './greeting.json' with { type: 'json' };

export interface GreetingModel {
  /** False when what was said is no command and no name. */
  readonly understood: boolean;
  readonly said?: string;
  /** The nearest, or the main ones. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  /** The nearest by name. */
  readonly agents: readonly { readonly id: AgentId; readonly name: string }[];
}

const fill = template(source);

export const greetingCard: CardView<GreetingModel> = ({
  understood,
  said = '',
  commands,
  agents,
}): Card => {
  const rows = commands.slice(0, primaryLimit).map(({ name }) => name);
  const near = commands.length + agents.length > 0;
  const missed = said.trim() === '' ? 'I did not understand that' : 'I did not understand';
  const lead = understood ? helloLead : near ? 'Did you mean one of these?' : missedLead;
  return fill(
    {
      title: understood ? 'Hello' : `${missed}${quoted(markdown(said, 80))}`,
      lead: [small(lead)],
      rows: [
        ...commands.slice(0, primaryLimit).map(({ name, summary }) => ({
          open: runCommand(name, name, { tooltip: summary }),
          inlines: [bold(name), subtle(`  ${summary}`)],
        })),
        ...agents.map(({ id, name }) => ({
          open: openRow(name, 'agent', { agent: id }),
          inlines: [bold(plainName(name)), subtle('  agent')],
        })),
      ],
      actions: buttons
        .filter(([, name]) => !rows.includes(name))
        .map(([title, name]) => runCommand(title, name)),
    },
    understood ? `Hello. ${helloLead}` : `${missed}${quoted(plain(said, 80))}. ${lead}`,
  );
};

/** What rows do not offer already. */
const buttons = [
  ['Agents', 'agents'],
  ['Help', 'help'],
] as const;

const quoted = (said: string): string => (said === '' ? '' : ` “${said}”`);

const helloLead = 'Ask for the fleet, or for an agent by its name.';

const missedLead = 'Help shows what can be asked.';
