import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isVerb } from '../../src/chat/define-action.ts';
import { actions } from '../../src/registry.ts';
import { gallery } from './gallery.ts';
import { executes, inputs, nodesOf, ofType, rootActions, shownTexts } from './nodes.ts';
import { complaints } from './official-parser.ts';

/** What a client would send for each input beside the data of a button. */
const typed: Readonly<Record<string, string>> = {
  agent: 'agent-1',
  kind: 'agent',
  uninstall: 'true',
  bound: 'poor',
  offline: 'true',
};

const Refresh = z.object({
  action: z.object({ type: z.literal('Action.Execute'), verb: z.string() }),
  userIds: z.array(z.string()).optional(),
});

/** Older limits that some clients still have; Teams itself takes 100 KB. */
const maxBytes = 28 * 1024;

/** What a pasted link shows is a preview to Teams, which takes nothing newer there. */
const versionOf = (name: string): string => (name.startsWith('link.') ? '1.3' : '1.5');

describe.each(gallery)('%s', (name, { content, summary }) => {
  it('looks as it did', async () => {
    const json = `${JSON.stringify({ summary, content }, null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(`../golden/cards/${name}.json`);
  });

  it('has nothing that the official parser does not know', () => {
    expect(complaints(content)).toEqual([]);
  });

  it('has every binding filled', () => {
    expect([summary, ...shownTexts(content)].filter((text) => text.includes('${'))).toEqual([]);
    expect(nodesOf(content).flatMap(Object.values)).not.toContain(null);
    expect(executes(content).filter(({ data }) => typeof data !== 'object')).toEqual([]);
  });

  it('is light enough for any client', () => {
    expect(Buffer.byteLength(JSON.stringify(content), 'utf16le') / 2).toBeLessThan(maxBytes);
  });

  it('presses only what the server understands', () => {
    const filledIn = Object.fromEntries(
      inputs(content).map(({ id }) => [String(id), typed[String(id)] ?? 'x']),
    );
    for (const { verb, data, associatedInputs } of executes(content)) {
      const known = String(verb);
      if (!isVerb(actions, known)) throw new Error(`no such verb: ${known}`);
      const sent = { ...(associatedInputs === 'none' ? {} : filledIn), ...Object(data) };
      expect(actions[known].data.safeParse(sent).error, known).toBeUndefined();
    }
  });

  it('shows at most six buttons beside the overflow', () => {
    expect(rootActions(content).filter(({ mode }) => mode !== 'secondary').length).toBeLessThan(7);
  });

  it('can be read by everybody', () => {
    expect(content).toMatchObject({ type: 'AdaptiveCard', version: versionOf(name) });
    expect(summary.trim()).not.toBe('');
    expect(ofType(content, 'TextBlock').filter(({ wrap }) => wrap !== true)).toEqual([]);
    expect(inputs(content).filter(({ label }) => typeof label !== 'string')).toEqual([]);
    expect(
      inputs(content).filter(({ isRequired, errorMessage }) => isRequired && !errorMessage),
    ).toEqual([]);
    expect(executes(content).filter(({ title }) => title === '')).toEqual([]);
  });

  it('has a sentence for clients that draw no charts', () => {
    for (const { fallback } of nodesOf(content).filter(({ type }) => /^Chart/.test(String(type))))
      expect(fallback).toMatchObject({
        type: 'TextBlock',
        text: expect.stringMatching(/\d/),
        wrap: true,
      });
  });

  it('is redrawn by itself for everyone or for no more people than Teams takes', () => {
    const { refresh } = z.looseObject({ refresh: Refresh.optional() }).parse(content);
    expect(refresh?.userIds?.length ?? 0).toBeLessThanOrEqual(60);
    if (refresh !== undefined) expect(refresh.action.verb).toMatch(/\.(show|page)$/u);
  });

  it('has a sentence for clients that show no code', () => {
    for (const { fallback } of ofType(content, 'CodeBlock'))
      expect(fallback).toMatchObject({ type: 'TextBlock', wrap: true });
  });

  it('has a word beside every colour', () => {
    const coloured = nodesOf(content).filter(
      ({ color = 'Default' }) => !/^(Default|categorical)/.test(String(color)),
    );
    expect(
      coloured.filter(({ text, legend }) => !/Good|Fair|Poor/.test(String(text ?? legend))),
    ).toEqual([]);
  });
});

it('names every picture once', () => {
  expect(new Set(gallery.map(([name]) => name)).size).toBe(gallery.length);
});
