import type { AgentView } from '../core/overview.ts';
import type { Reader } from '../core/turn.ts';
import { agentLine } from './agent-line.ts';
import { plainName } from './outside-text.ts';
import { dots } from './rich-text.ts';
import { stateText } from './standing.ts';

/** An agent as one search result. */
export const previewLine = (
  view: AgentView,
  reader: Pick<Reader, 'now'>,
): { readonly title: string; readonly subtitle: string } => ({
  title: plainName(view.agent.name),
  subtitle: dots([stateText(view.standing, view.score), agentLine(view, reader)]),
});
