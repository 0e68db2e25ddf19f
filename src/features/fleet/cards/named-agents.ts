import type { Card, CardView } from '../../../platform/messenger.ts';
import { plainName } from '../../../ui/escape.ts';
import { entriesCard } from '../../../ui/plain-cards.ts';
import { bold, counted, run } from '../../../ui/rich-text.ts';
import { stateRun, stateText } from '../../../ui/status.ts';
import { clock } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';
import { fullName } from '../domain/distinction.ts';
import { agentLine } from './agent-line.ts';

export interface NamedAgentsModel {
  /** Worst first. */
  readonly agents: readonly AgentView[];
  /** When they were read, ms since 1970. */
  readonly at: number;
  /** The message was too long to read to its end. */
  readonly isCut: boolean;
}

/** A dialog has room for so many. */
const mostRows = 20;

/** The agents that a message names. It stands in a dialog, where no button asks the bot. */
export const namedAgentsCard: CardView<NamedAgentsModel> = (
  { agents, at, isCut },
  reader,
): Card => {
  const shown = agents.slice(0, mostRows);
  const more = agents.length - shown.length;
  const title =
    agents.length === 0 ? 'It names no agent' : `It names ${counted(agents.length, 'agent')}`;
  const notes = [
    ...(more > 0 ? [`and ${more} more.`] : []),
    ...(isCut ? ['The message is long: its end was not read.'] : []),
  ];
  return entriesCard(
    {
      title,
      about:
        agents.length === 0
          ? 'I look for whole names of agents and of their machines.'
          : `As of ${clock(at, reader)}`,
      rows: shown.map((view) => ({
        name: [
          bold(plainName(fullName(view.agent))),
          run('  '),
          stateRun(stateText(view.statusWord, view.score), view.statusWord),
        ],
        line: agentLine(view, reader),
      })),
      note: notes.length === 0 ? undefined : notes.join(' '),
      actions: [],
    },
    // What the dialog is called, above the card's own title.
    'Look up agents',
  );
};
