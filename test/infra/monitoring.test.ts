import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { faultsOf, ofPrometheus } from './metric-faults.ts';
import { readPromQl } from './promql.ts';
import { checks, families } from './told-metrics.ts';

const folder = join(import.meta.dirname, '..', '..', 'infra');
const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('what is asked for', () => {
  it.each([
    ['sum(rate(bot_turns_total[5m]))', ['no metric bot_turns_total']],
    ['sum by (verb) (rate(bot_turn_seconds_count[5m]))', ['no label verb']],
    ['bot_outbox_waiting{kind="command"}', ['bot_outbox_waiting has no label kind']],
    [
      'rate(bot_sweep_seconds_count{outcome="good"}[5m])',
      ['bot_sweep_seconds_count never has outcome good'],
    ],
    [
      'rate(bot_turn_seconds_count{kind=~"command|actions"}[5m])',
      ['bot_turn_seconds_count never has kind command|actions'],
    ],
    ['bot_refused_total > 1', ['bot_refused_total without a rate']],
    ['rate(bot_outbox_waiting[5m]) and on (instance) up', ['a rate of bot_outbox_waiting']],
  ])('is not notified by the bot: %s', (expression, faults) => {
    expect(faultsOf(expression)).toEqual(faults);
  });
});

const Target = z.object({ expr: z.string(), legendFormat: z.string() });
const Panel = z.object({
  id: z.number(),
  title: z.string(),
  description: z.string().min(1),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(Target).min(1),
});
const Variable = z.object({ name: z.string(), query: z.string() });
const dashboard = z
  .object({ panels: z.array(Panel), templating: z.object({ list: z.array(Variable) }) })
  .parse(JSON.parse(textOf('grafana/pingplotter-teams-bot.json')));

describe('the dashboard', () => {
  const targets = dashboard.panels.flatMap((panel) =>
    panel.targets.map((target) => ({ title: panel.title, ...target })),
  );

  it.each(targets)('asks for what the bot tells: $title, $legendFormat', ({ expr }) => {
    expect(faultsOf(expr)).toEqual([]);
  });

  it.each(targets)('names lines by labels that they have: $title, $legendFormat', (target) => {
    const inLegend = [...target.legendFormat.matchAll(/\{\{(\w+)\}\}/gu)].map(([, label]) => label);
    const { grouping } = readPromQl(target.expr);
    expect(inLegend).toEqual(
      grouping.length > 0 ? grouping.filter((label) => label !== 'le') : inLegend,
    );
    if (grouping.length === 0) expect(ofPrometheus).toEqual(expect.arrayContaining(inLegend));
  });

  it('has variables for all that it puts in', () => {
    const names = dashboard.templating.list.map(({ name }) => name);
    const used = targets.flatMap(({ expr }) =>
      [...expr.matchAll(/\$(\w+)/gu)].map(([, name]) => name),
    );
    expect(
      used.filter((name) => name !== '__rate_interval' && !names.includes(name ?? '')),
    ).toEqual([]);
  });

  it('shows every metric of the bot', () => {
    const shown = targets.flatMap(({ expr }) =>
      readPromQl(expr).selectors.map(({ metric }) => metric),
    );
    const bare = (name: string) => name.replace(/_(bucket|sum|count)$/u, '');
    const all = [...families.keys()].filter((name) => name.startsWith('bot_')).map(bare);
    expect([...new Set(all)].toSorted()).toEqual(
      [...new Set(shown.filter((name) => name.startsWith('bot_')).map(bare))].toSorted(),
    );
  });

  it('has panels that do not lie on each other', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

const Rule = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+m$/u)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning', 'info']) }),
  annotations: z.strictObject({ summary: z.string(), description: z.string() }),
});
const { groups } = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(Rule) })) })
  .parse(parse(textOf('prometheus/alerts.yaml')));
const rules = groups.flatMap((group) => group.rules);

describe('the alert rules', () => {
  it.each(rules)('ask for what the bot tells: $alert', ({ expr }) => {
    expect(faultsOf(expr)).toEqual([]);
  });

  it.each(rules)('look at one job only: $alert', ({ expr }) => {
    for (const { matchers } of readPromQl(expr).selectors) {
      expect(matchers).toContainEqual({
        label: 'job',
        operator: '=',
        value: 'pingplotter-teams-bot',
      });
    }
  });

  it.each(rules)('tell by labels that are left: $alert', ({ expr, annotations }) => {
    const told = [
      ...`${annotations.summary}${annotations.description}`.matchAll(/\$labels\.(\w+)/gu),
    ];
    const { grouping } = readPromQl(expr);
    const left = /\bsum|\bmin|\bmax|\bhistogram_quantile/u.test(expr) ? grouping : ofPrometheus;
    expect(told.map(([, label]) => label).filter((label) => !left.includes(label ?? ''))).toEqual(
      [],
    );
  });

  it('have names of their own', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it('hold for each check of /readyz', () => {
    const watched = rules
      .flatMap(({ expr }) => readPromQl(expr).selectors)
      .filter(({ metric }) => metric === 'bot_ready')
      .flatMap(({ matchers }) => matchers)
      .filter(({ label }) => label === 'check')
      .map(({ value }) => value);
    expect(watched.toSorted()).toEqual(Object.keys(checks).toSorted());
  });
});
