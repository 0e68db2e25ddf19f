import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { optional } from '../../shared/optional.ts';
import { type ResolvePorts, resolveTarget } from './resolve-target.ts';
import { type ComparePorts, compareTyped, compareUsage } from './show-compare.ts';
import { caseInput, type EvidencePorts, evidenceAnswer } from './show-evidence.ts';
import { historyAnswer, type ShowPorts } from './show-history.ts';
import { type ShowTopPorts, topAnswer, topUsage, typedTop } from './show-top.ts';
import { chooseTyped } from './typed-history.ts';

type Ports = ShowPorts & EvidencePorts & ResolvePorts;

const historyUsage = 'history <agent> [/ <target>] [24h | 7d | 30d]';

export const history = defineCommand({
  name: 'history',
  group: 'Look',
  usage: historyUsage,
  summary: 'Latency, loss, jitter and score over time, with the worst windows',
  details: ['history lax-12', 'history lax-12 / crm 7d', 'Without a time it is the last 24 hours.'],
  role: 'viewer',
  reads: true,
  run: async (ports: Ports, turn, rest) => {
    const typed = await chooseTyped(ports, turn.scope.account, rest, {
      usage: historyUsage,
      usualSpan: '24h',
    });
    if (typed.case !== undefined) throw usageError(historyUsage, `case ${typed.case}`);
    const { span } = typed;
    return resolveTarget(ports, turn, {
      typed,
      usage: historyUsage,
      verb: 'history.show',
      data: { span },
      act: (agent, session) =>
        historyAnswer(ports, turn, { agent, span, ...optional('session', session) }),
    });
  },
});

const evidenceUsage = 'evidence <agent> / <target> [24h | 7d | 30d] [case <text>]';

export const evidence = defineCommand({
  name: 'evidence',
  group: 'Look',
  usage: evidenceUsage,
  summary:
    'What an internet provider needs to see of a target: good time, outages, loss, and the near target',
  details: [
    'evidence lax-12 / crm',
    'evidence lax-12 / crm 30d case #00001',
    'Without a time it is the last 7 days. Buttons give the buckets as CSV and make a LiveShare.',
  ],
  role: 'viewer',
  reads: true,
  freeText: true,
  run: async (ports: Ports, turn, rest) => {
    const typed = await chooseTyped(ports, turn.scope.account, rest, {
      usage: evidenceUsage,
      usualSpan: '7d',
    });
    const { span, case: called } = typed;
    return resolveTarget(ports, turn, {
      typed,
      usage: evidenceUsage,
      verb: 'evidence.show',
      data: { span },
      ...optional('input', called === undefined ? undefined : caseInput(called)),
      act: (agent, session) =>
        evidenceAnswer(ports, turn, {
          agent,
          span,
          ...optional('session', session),
          ...optional('case', called),
        }),
    });
  },
});

export const top = defineCommand({
  name: 'top',
  group: 'Look',
  usage: topUsage,
  summary: 'The worst agents by time: Poor, flapping or offline',
  details: [
    'top poor',
    'top flapping 24h',
    'top offline 30d',
    'Without a time it is the last 7 days.',
  ],
  role: 'viewer',
  reads: true,
  run: (ports: ShowTopPorts, turn, rest) => topAnswer(ports, turn, typedTop(rest)),
});

export const compare = defineCommand({
  name: 'compare',
  group: 'Look',
  usage: compareUsage,
  summary: 'Two agents side by side, target by target',
  details: ['compare lax-12 with boi-3'],
  role: 'viewer',
  reads: true,
  run: (ports: ComparePorts, turn, rest) => compareTyped(ports, turn, rest),
});

export const historyCommands = [history, top, compare, evidence];
