import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { execute, inOverflow, openRow } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { boxed, counted, dots, opening, small } from '../../../ui/rich-text.ts';
import { stateCell, stateText } from '../../../ui/status.ts';
import { agentLine } from '../../fleet/cards/agent-line.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import type { NamedWatch } from '../domain/watch.ts';
import type { WatchPreview } from '../ports.ts';
import { previewTexts } from './preview-texts.ts';
import { ruleText } from './watch-line.ts';
import source from './watch-made.json' with { type: 'json' };

export interface WatchMadeModel extends WatchPreview {
  readonly watch: NamedWatch;
  /** An earlier watch got new terms. */
  readonly changed: boolean;
}

const fill = template(source);

const shownAgents = 5;

export const watchMadeCard: CardView<WatchMadeModel> = (model, reader): Card => {
  const { watch, matching, agents, changed } = model;
  const rows = agents.slice(0, shownAgents);
  const title = matching === 0 ? 'No agent matches now' : `Watching ${counted(matching, 'agent')}`;
  const line = dots([
    `watch ${watch.number}${changed ? ', changed' : ''}`,
    ruleText(watch.rule),
    `made by ${plainName(watch.madeBy)}`,
  ]);
  return fill(
    {
      title,
      line: [small(line)],
      boxes: previewTexts(watch.rule, model, reader).flatMap(boxed),
      rows: rows.map((view) => row(view, reader)),
      notes:
        matching > rows.length && rows.length > 0
          ? [{ inlines: [small(`and ${matching - rows.length} more`)] }]
          : [],
      actions: [
        execute('Send a test', 'watch.test', { watch: watch.id }),
        execute('Change', 'watch.edit', { watch: watch.id }),
        execute('End', 'watch.end', { watch: watch.id }, inOverflow),
      ],
    },
    dots([title, line]),
  );
};

const row = (view: AgentView, reader: Reader) => {
  const line = agentLine(view, reader);
  const { agent, statusWord, score } = view;
  return {
    open: openRow(fullName(agent, 40), dots([stateText(statusWord, score), line]), {
      agent: agent.id,
    }),
    name: [opening(plainName(fullName(agent)))],
    hasLine: line !== '',
    line: [small(line)],
    ...stateCell(statusWord, score),
  };
};
