import type { Agent } from '../../../platform/agent.ts';
import type { CardView } from '../../../platform/messenger.ts';
import { execute } from '../../../ui/action.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import type { ShownPreview } from '../ports.ts';
import { notSavedTexts } from './preview-texts.ts';

export interface AgentToWatchModel {
  readonly agent: Pick<Agent, 'id' | 'name'>;
  readonly preview: ShownPreview;
}

/** What a watch on one agent would be, before it is made. */
export const agentToWatchCard: CardView<AgentToWatchModel> = ({ agent, preview }, reader) => {
  const said = `Watch ${plainName(agent.name, 60)}?`;
  const [line = '', ...boxes] = notSavedTexts(preview, reader);
  return statement(
    {
      title: `Watch ${markdownName(agent.name, 60)}?`,
      line,
      sentence: boxes.length === 0 ? undefined : boxes.join(' '),
      actions: [
        execute('Watch', 'agent.watch', { agent: agent.id, token: preview.token }),
        execute('Other terms', 'agent.watch', { agent: agent.id, form: true }),
        execute('Cancel', 'agent.show', { agent: agent.id }),
      ],
    },
    said,
  );
};
