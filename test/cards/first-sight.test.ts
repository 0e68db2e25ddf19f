import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { interimCard } from '../../src/chat/cards/waiting.ts';
import { aReader } from './a-fleet.ts';
import { gallery } from './gallery.ts';
import { type Node, nodesOf, ofType, rootActions, titles } from './nodes.ts';

const Shown = z.looseObject({});

const cardOf = (name: string): Node => {
  const found = gallery.find(([known]) => known === name);
  if (found === undefined) throw new Error(`no card is called ${name}`);
  return Shown.parse(found[1].content);
};

/** What is there before anybody presses something. */
const seen = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(seen);
  if (typeof node !== 'object' || node === null) return node;
  if ('isVisible' in node && node.isVisible === false) return undefined;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, seen(value)]));
};

describe('D: somebody who sees the bot for the first time', () => {
  it('finds few lines of help, and the grammar behind a button', () => {
    const card = cardOf('help.all');
    const { items } = Shown.parse({ items: seen(card['body']) });
    expect(ofType(items, 'TextRun').length).toBeLessThanOrEqual(14);
    expect(titles(rootActions(card))).toEqual(['More: all commands', 'Filters']);
  });

  it('sees that a row can be pressed, and filters to press', () => {
    const card = cardOf('fleet.first-page');
    const pressed = nodesOf(card).filter(({ selectAction }) => selectAction !== undefined);
    const rows = pressed.filter(({ type }) => type !== 'TextRun');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(JSON.stringify(row)).toContain('›');
    const filters = pressed.filter(({ type }) => type === 'TextRun').map(({ text }) => text);
    expect(filters).toContain('2 Poor');
  });

  it('finds “Watch this” on an agent, among six buttons at most', () => {
    const flat = rootActions(cardOf('agent.admin')).filter(({ mode }) => mode !== 'secondary');
    expect(titles(flat)).toContain('Watch this');
    expect(flat.length).toBeLessThanOrEqual(6);
  });

  it('is asked for seconds and targets when an agent is made, and for no configuration', () => {
    const labels = ofType(seen(cardOf('create.empty')), 'Input.Text', 'Input.ChoiceSet').map(
      ({ label }) => label,
    );
    expect(labels).toEqual(['Name', 'Kind', 'Target 1', 'Seconds between samples of target 1']);
  });
});

it('F: while an answer takes its time, blames nobody for it: it may be the store', () => {
  const { content, summary } = interimCard({ what: 'Pausing LAX-12' }, aReader());
  expect(summary).toBe('Pausing LAX-12: still working on it; the answer will appear here.');
  expect(JSON.stringify(content)).not.toContain('PingPlotter');
});
