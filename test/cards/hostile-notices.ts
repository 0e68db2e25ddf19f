import { alertCard } from '../../src/features/alerting/cards/alert.ts';
import { changesCard } from '../../src/features/alerting/cards/changes.ts';
import {
  earlierAlertCard,
  earlierGroupCard,
  movedAlertCard,
} from '../../src/features/alerting/cards/earlier.ts';
import { groupCard } from '../../src/features/alerting/cards/group.ts';
import { reminderCard } from '../../src/features/alerting/cards/reminder.ts';
import { testNoticeCard } from '../../src/features/alerting/cards/test.ts';
import { forgottenPausesCard } from '../../src/features/changes/cards/forgotten-pauses.ts';
import { resumedCard } from '../../src/features/changes/cards/resumed.ts';
import { digestCard } from '../../src/features/digest/cards/digest.ts';
import { digestSetCard } from '../../src/features/digest/cards/digest-set.ts';
import type { AgentView } from '../../src/features/fleet/domain/agent-view.ts';
import { healthCard } from '../../src/features/health/cards/health.ts';
import { silenceCard } from '../../src/features/silence/cards/silence.ts';
import { agentToWatchCard } from '../../src/features/watches/cards/agent-to-watch.ts';
import { suppressedCard } from '../../src/features/watches/cards/suppressed.ts';
import { watchFormCard } from '../../src/features/watches/cards/watch-form.ts';
import { watchEndedCard } from '../../src/features/watches/cards/watch-line.ts';
import { watchMadeCard } from '../../src/features/watches/cards/watch-made.ts';
import { watchesCard } from '../../src/features/watches/cards/watches.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { aReader, hour, now } from './a-fleet.ts';
import { aMember, aPoorTarget, aWatch } from './a-problem.ts';

const reader = aReader({ role: 'admin' });
const acts = ['ack', 'unack', 'assign', 'ack-ended'] as const;

/** Every card about watches and what they tell, with that text in each place where some can stand. */
export const noticesWith = (text: string, view: AgentView): readonly Card[] => {
  const watch = { ...aWatch({ filter: text }), madeBy: text };
  const ackedBy = { name: text, at: now };
  const by = { by: text, at: now };
  const alert = {
    id: 'alert',
    number: 7,
    agentId: 'id',
    ackedBy,
    assignedTo: text,
    notes: [{ ...by, text }, ...acts.map((act) => ({ ...by, text, act }))],
    watches: [watch],
  };
  const problem = {
    agentName: text,
    target: { name: text, address: text },
    expected: text,
    circumstances: [text],
    diagnosis: { likely: 'service', because: [text, text] },
  } as const;
  const justBefore = { what: 'interface', from: text, to: text, by: text, at: now } as const;
  const group = {
    id: 'group',
    title: `3 agents at ${text} are Poor`,
    cause: { kind: 'field', name: text, value: text, members: 1, of: 1 },
    strays: [text, text],
    changed: { change: { what: 'reconnect', by: text, at: now }, until: now },
    members: [aMember(7, { agentName: text, target: text })],
    total: 3,
    since: now,
    ackedBy,
    watches: [watch],
  } as const;
  const mark = { id: 'id', name: text, online: false, missed: 0 };
  const time = { agent: 'id', session: 's', poorMs: hour, fairMs: 0, measuredMs: hour };
  const pause = { agent: 'id', session: 's', name: text, by: text, at: now };
  return [
    ...(['open', 'unsteady', 'over', 'gone', 'closed'] as const).map((state) =>
      alertCard({ ...alert, detail: aPoorTarget({ ...problem, state }) }, reader),
    ),
    earlierAlertCard({ ...alert, detail: aPoorTarget(problem) }, reader),
    movedAlertCard({ ...alert, detail: aPoorTarget(problem) }, { members: group.members }, reader),
    alertCard({ ...alert, detail: { ...aPoorTarget(problem), justBefore } }, reader),
    ...(['waiting', 'same-machine', 'deleted', 'renamed', 'new', 'back'] as const).flatMap(
      (kind) => {
        const named = { agent: 'id', name: text, distinction: text };
        const change = { ...named, kind, was: text, other: named };
        const model = { more: 0, watches: [watch], at: now };
        return [
          changesCard({ ...model, changes: [change] }, reader),
          changesCard({ ...model, changes: [change, change] }, reader),
        ];
      },
    ),
    earlierGroupCard(group),
    groupCard({ ...group, open: 2 }, reader),
    groupCard({ ...group, open: 0 }, reader),
    ...(['no-field', 'not-here', 'guest', 'unreadable'] as const).map((why) =>
      reminderCard(
        {
          about: { kind: 'alert', alert: { ...alert, detail: aPoorTarget(problem) } },
          what: { kind: 'escalate' },
          who: { unmentioned: { why, field: text, name: text } },
        },
        reader,
      ),
    ),
    reminderCard(
      {
        about: { kind: 'group', group: { ...group, open: 2 } },
        what: { kind: 'ack-ended', until: now },
        who: { unmentioned: { why: 'not-here', name: text } },
      },
      reader,
    ),
    testNoticeCard({ watch, by: text }, reader),
    resumedCard(
      { ...by, agentId: 'id', agentName: text, targets: [text], dueAt: now, failed: text },
      reader,
    ),
    ...[1, 2].map((count) =>
      forgottenPausesCard(
        { by: text, agents: Array(count).fill({ agent: view.agent, targets: [text], at: now }) },
        reader,
      ),
    ),
    digestCard(
      {
        digest: {
          from: now - hour,
          to: now,
          worst: [time],
          came: [mark],
          gone: [mark],
          neverConnected: [mark],
          longOffline: [mark],
          forgottenPauses: [pause],
          nothingChanged: false,
        },
        names: new Map([['id', text]]),
        targets: new Map([['s', text]]),
        schedule: text,
        open: [
          {
            number: 7,
            agentId: 'id',
            agentName: text,
            shown: { word: 'poor' },
            since: now,
            owner: text,
          },
        ],
      },
      reader,
    ),
    watchFormCard({ watch, problem: text }, reader),
    watchFormCard({ watch, preview: { rule: watch.rule, token: 't' } }, reader),
    agentToWatchCard(
      { agent: { id: 'a', name: text }, preview: { rule: watch.rule, token: 't' } },
      reader,
    ),
    watchMadeCard({ watch, matching: 3, agents: [view], changed: true }, reader),
    watchesCard(
      {
        watches: [watch],
        mutes: [{ agentId: 'id', agentName: text, until: now + hour }],
        maintenance: [{ filter: text, from: now, until: now + hour, by: text }],
      },
      reader,
    ),
    suppressedCard(
      {
        messages: [
          {
            account: 'default',
            conversationKey: 'chat',
            agentId: 'id',
            agentName: text,
            what: 'begin',
            why: 'hours',
            at: now,
          },
        ],
        listed: 1,
        page: 1,
        lately: undefined,
      },
      reader,
    ),
    watchEndedCard({ watch, ...by }, reader),
    silenceCard({ ...by, what: 'muted', agent: { id: 'id', name: text }, until: now }, reader),
    silenceCard({ ...by, what: 'maintenance', filter: text, from: now, until: now }, reader),
    digestSetCard({ ...by, schedule: text }, reader),
    healthCard(
      {
        api: { ok: false, sentence: text },
        poll: {},
        store: { ok: true },
        queue: { waiting: 0 },
        here: { sent: 0, failed: 1, dead: text, lastError: text },
        rules: [{ rule: text, right: 1, answers: 2 }],
        conversations: [
          { label: text, kind: 'group', sent: 0, failed: 1, state: 'dead', reason: text },
        ],
      },
      reader,
    ),
  ];
};
