import type { SessionId } from '../../../platform/agent.ts';
import type { Card, CardView } from '../../../platform/messenger.ts';
import { openUrl } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { dotted, run, small, type TextRun } from '../../../ui/rich-text.ts';
import { appearanceOf, stateCell, stateRun, stateText } from '../../../ui/status.ts';
import { ago, clock } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';
import { fullName } from '../domain/distinction.ts';
import { shownReading } from '../domain/quality.ts';
import { agentLine, isFresh, previewLine } from './agent-line.ts';
import source from './link.json' with { type: 'json' };

export interface LinkModel {
  /** Where the link that was pasted leads. */
  readonly url: string;
  /** The agent that it is about, where that is known, and perhaps one of its sessions. */
  readonly view?: AgentView;
  readonly session?: SessionId;
}

const fill = template(source);

/** What a pasted link shows. Teams takes no card above version 1.3 there, so no button asks the bot. */
export const linkCard: CardView<LinkModel> = ({ url, view, session }, reader): Card => {
  const actions = [openUrl('Open in PingPlotter', url)];
  if (view === undefined)
    return fill(
      {
        title: 'A page of PingPlotter Cloud',
        lines: [{ inlines: [small('I cannot tell which of your agents it is about.')] }],
        states: [],
        actions,
      },
      'A page of PingPlotter Cloud',
    );
  return fill(
    {
      title: markdownName(fullName(view.agent)),
      lines: [
        ...targetLine(view, session, reader),
        { inlines: [small(agentLine(view, reader))] },
        { inlines: [small(`As of ${clock(view.at, reader)}`)] },
      ].filter(({ inlines }) => inlines.some(({ text }) => text !== '')),
      states: [stateCell(view.statusWord, view.score)],
      actions,
    },
    previewLine(view, reader).subtitle,
  );
};

/** The target that the link is about. */
const targetLine = (
  { sessions }: AgentView,
  wanted: SessionId | undefined,
  reader: Parameters<typeof ago>[1],
): readonly { readonly inlines: readonly TextRun[] }[] => {
  const session = sessions.find(({ id }) => id === wanted);
  if (session === undefined) return [];
  const reading = isFresh(session) ? shownReading(session) : undefined;
  const name = run(plainName(session.name, 40));
  if (reading === undefined) {
    const word = session.state === 'paused' ? 'paused' : 'unknown';
    return [{ inlines: dotted([name, small(appearanceOf(word).word)]) }];
  }
  const state = stateRun(stateText(reading.word, reading.score), reading.word);
  const measured = reading.measuredAt === undefined ? [] : [small(ago(reading.measuredAt, reader))];
  return [{ inlines: dotted([name, state, ...measured]) }];
};
