import type { Agent } from '../../../platform/agent.ts';
import type { CardView } from '../../../platform/messenger.ts';
import { execute, showsTo } from '../../../ui/action.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { entriesCard } from '../../../ui/plain-cards.ts';
import { bold, counted, dots } from '../../../ui/rich-text.ts';
import { ago } from '../../../ui/time.ts';
import { fullName } from '../../fleet/domain/distinction.ts';

export interface ForgottenPauses {
  /** Who paused. */
  readonly by: string;
  /** The one that was paused first comes first. */
  readonly agents: readonly {
    readonly agent: Agent;
    /** Names of the paused targets; empty = all of the agent's. */
    readonly targets: readonly string[];
    /** Of the first pause, ms since 1970. */
    readonly at: number;
  }[];
}

const shownAgents = 10;
const shownTargets = 3;

/** What somebody has paused for more than a day, and nothing ends. */
export const forgottenPausesCard: CardView<ForgottenPauses> = ({ by, agents }, reader) => {
  const [first] = agents;
  const alone = agents.length === 1 ? first : undefined;
  const headline = (name: (text: string, max?: number) => string): string =>
    alone === undefined
      ? `${agents.length} agents are still paused`
      : `${name(fullName(alone.agent))} is still paused`;
  const about = `paused by ${plainName(by)} more than a day ago · nothing resumes by itself`;
  const more = agents.length - shownAgents;
  const mayResume = alone?.targets.length === 0 && showsTo(reader, 'operator');
  return entriesCard(
    {
      title: headline(markdownName),
      about,
      rows: agents.slice(0, shownAgents).map(({ agent, targets, at }) => ({
        // The title has the name of the only one.
        name: [bold(alone === undefined ? plainName(fullName(agent)) : aloneText(targets))],
        line: dots([alone === undefined && whichText(targets), `paused ${ago(at, reader)}`]),
      })),
      note: more > 0 ? `and ${more} more` : undefined,
      actions:
        alone === undefined
          ? [execute('Paused agents', 'agents.page', { filter: 'is:paused', page: 1 })]
          : [
              ...(mayResume
                ? [execute('Resume all', 'agent.resume', { agent: alone.agent.id })]
                : []),
              execute('Open', 'agent.show', { agent: alone.agent.id }),
            ],
    },
    dots([headline(plainName), about]),
  );
};

const aloneText = (targets: readonly string[]): string =>
  targets.length === 0 ? 'All targets' : whichText(targets);

const whichText = (targets: readonly string[]): string => {
  if (targets.length === 0) return 'all targets';
  const named = targets.slice(0, shownTargets).map((name) => plainName(name, 30));
  const more = targets.length - named.length;
  return [...named, ...(more > 0 ? [counted(more, 'more target')] : [])].join(', ');
};
