import type { SessionId } from '../../../platform/agent.ts';
import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plain, plainName } from '../../../ui/escape.ts';
import { whyUnread } from '../../../ui/explanations/unread.ts';
import { dots, run, small, type TextRun } from '../../../ui/rich-text.ts';
import { appearanceOf, stateCell, stateText } from '../../../ui/status.ts';
import { age, clock } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';
import { fullName } from '../domain/distinction.ts';
import { mayWait } from '../domain/known-agent.ts';
import type { Origin } from '../domain/list.ts';
import { shownReading } from '../domain/quality.ts';
import type { BadSince, Trend } from '../ports.ts';
import source from './agent.json' with { type: 'json' };
import { agentActions } from './agent-actions.ts';
import { agentFacts } from './agent-facts.ts';
import { connectionOf, isFresh, lastSeenText, siteOf } from './agent-line.ts';
import { sessionRow } from './session-row.ts';
import { trendCharts } from './trend.ts';

export interface AgentModel {
  readonly view: AgentView;
  /** The list that it was opened from. */
  readonly list?: Origin;
  /** What was just changed, as plain text, and the change that an Undo button takes back. */
  readonly change?: { readonly line: string; readonly undo?: string };
  readonly warning?: string;
  /** The card stands where the bot is not: it only reads, and says of when it is. */
  readonly onlyReads?: true;
  /** The worst first; without it there is no chart. */
  readonly trend?: readonly Trend[];
  /** When it began to be as bad as it is now. */
  readonly badSince?: BadSince;
  /** PingPlotter's own page of it. */
  readonly page?: string;
  /** Where it is likely broken. */
  readonly likely?: readonly TextRun[];
  /** When paused sessions resume by themselves, ms since 1970; '' = all of the agent's. */
  readonly resumes?: ReadonlyMap<SessionId | '', number>;
}

const fill = template(source);

/** More rows with buttons than this are hard to use, and heavy. */
const shownSessions = 12;

export const agentCard: CardView<AgentModel> = (model, reader): Card => {
  const { view, list, onlyReads, resumes = new Map() } = model;
  const { agent, sessions } = view;
  const line = headLine(view, reader);
  const trends = trendCharts(model.trend ?? [], reader);
  return fill(
    {
      refresh: execute('Refresh', 'agent.show', {
        agent: agent.id,
        ...optional('list', list),
        ...optional('onlyReads', onlyReads),
      }),
      name: markdownName(fullName(agent)),
      hasLine: line !== '',
      line: [small(line)],
      since: sinceTexts(model, reader).map((text) => ({ inlines: [small(text)] })),
      ...headState(view),
      boxes: boxes(model, reader),
      trends,
      sessions: sessions.slice(0, shownSessions).map((session) =>
        sessionRow(session, {
          view,
          reader,
          resumes,
          ...optional('list', list),
          ...optional('onlyReads', onlyReads),
        }),
      ),
      notes: notes(model, reader).map((text) => ({ inlines: [small(text)] })),
      facts: agentFacts(view, reader),
      actions: agentActions(
        view,
        {
          hasTrend: trends.length > 0,
          ...optional('page', model.page),
          ...optional('list', list),
          ...optional('onlyReads', onlyReads),
        },
        reader,
      ),
    },
    model.change === undefined
      ? toast(view, reader)
      : `${plainName(fullName(agent))}: ${model.change.line}`,
  );
};

const headState = ({ agent, statusWord, score }: AgentView) => {
  if (agent.deleted) return { state: 'Deleted', color: 'Default', isSubtle: true };
  if (agent.template) return { state: 'Template', color: 'Default', isSubtle: true };
  return stateCell(statusWord, score);
};

const headLine = ({ agent }: AgentView, reader: Reader): string => {
  const platform = agent.platform === 'NotSpecified' ? '' : plain(agent.platform ?? '', 40);
  if (agent.deleted) {
    const when = agent.deletedAt === undefined ? '' : `since ${clock(agent.deletedAt, reader)}`;
    return dots([when, siteOf(agent), platform]);
  }
  if (agent.template) return dots([siteOf(agent), platform]);
  return agent.online
    ? dots(['Online', siteOf(agent), ...connectionOf(agent, ', signal'), platform])
    : dots([lastSeenText(agent, reader), siteOf(agent), platform]);
};

/** `Poor since 11:20, 40 min`; nothing where nobody knows. */
const sinceTexts = ({ view, badSince }: AgentModel, reader: Reader): readonly string[] => {
  const { agent, statusWord } = view;
  if (agent.deleted || agent.template) return [];
  const { word } = appearanceOf(statusWord);
  if (statusWord === 'offline' && typeof agent.lastSeen === 'number')
    return [`${word} since ${clock(agent.lastSeen, reader)}`];
  if (badSince === undefined || (statusWord !== 'poor' && statusWord !== 'fair')) return [];
  const { at, orBefore } = badSince;
  const began = clock(at, reader);
  return [
    `${word} since ${began}${orBefore ? ' or before' : ''}, ${age(reader.now - at)}${orBefore ? ' at least' : ''}`,
  ];
};

interface Box {
  readonly inlines: readonly TextRun[];
  readonly undo: readonly { readonly action: object }[];
}

const boxes = ({ change, warning, view, likely }: AgentModel, reader: Reader): readonly Box[] => {
  const undo =
    change?.undo !== undefined && showsTo(reader, 'operator')
      ? [{ action: execute('Undo', 'change.undo', { change: change.undo }) }]
      : [];
  return [
    ...(change === undefined ? [] : [{ inlines: [run(change.line)], undo }]),
    ...(warning === undefined ? [] : [{ inlines: [run(plain(warning, 300))], undo: [] }]),
    ...(likely === undefined ? [] : [{ inlines: likely, undo: [] }]),
    ...(mayWait(view.agent) ? [{ inlines: [run(lobbyHint)], undo: [] }] : []),
  ];
};

const lobbyHint =
  'It may be waiting in the Agent Lobby: somebody has to approve it in PingPlotter Cloud.';

const notes = ({ view, onlyReads }: AgentModel, reader: Reader): readonly string[] => {
  const { agent, at, sessions, source: origin, unread = {} } = view;
  const more = sessions.length - shownSessions;
  const live = !agent.template && !agent.deleted;
  return [
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(live && sessions.length === 0 ? ['No targets to show.'] : []),
    ...(live && unread.scores !== undefined
      ? [`Scores are unknown: ${whyUnread(unread.scores)}.`]
      : []),
    ...(live && unread.sessions !== undefined
      ? [
          `These are the targets that the bot has seen, for the list of them is unknown: ${whyUnread(unread.sessions)}.`,
        ]
      : []),
    ...(live && origin === 'seen' && unread.sessions === undefined
      ? ['These are the targets that the bot has seen: the PingPlotter key may not list sessions.']
      : []),
    ...(onlyReads === true ? [`As of ${clock(at, reader)}.`] : []),
  ];
};

/** `Poor 41 · LAX-12 → crm · 4 min ago` */
const toast = (view: AgentView, reader: Reader): string => {
  const { agent, sessions } = view;
  const name = plainName(fullName(agent));
  const worst = sessions.find(isFresh);
  const at = worst === undefined ? undefined : shownReading(worst)?.measuredAt;
  if (agent.deleted || agent.template) return dots([headState(view).state, name]);
  return dots([
    stateText(view.statusWord, view.score),
    agent.online && worst !== undefined ? `${name} → ${plainName(worst.name, 40)}` : name,
    agent.online ? at !== undefined && age(reader.now - at) : lastSeenText(agent, reader),
  ]);
};
