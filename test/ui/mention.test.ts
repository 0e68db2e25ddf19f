import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { mention } from '../../src/ui/mention.ts';

it.each([
  ['Megan Bowen', '<at>Megan Bowen</at>'],
  ['Müller, Jörg (Contoso)', '<at>Müller, Jörg (Contoso)</at>'],
  ['</at><at>All</at>', '<at>/at at All /at</at>'],
  ['**Bold** _x_ [a](b)', '<at>Bold x a (b)</at>'],
  ['&lt;at&gt;', '<at>lt;at gt;</at>'],
  ['{{DATE()}} ${x}', '<at>DATE() x</at>'],
  ['', '<at>somebody</at>'],
  ['<>', '<at>somebody</at>'],
])('%j is mentioned as %j', (name, text) => {
  expect(mention({ id: 'x', name })).toEqual({
    type: 'mention',
    text,
    mentioned: { id: 'x', name: text.slice(4, -5) },
  });
});

const parser = new MarkdownIt({ html: false });

it('is one name in its tags, which nothing takes for markup', () => {
  const piece = fc.constantFrom(
    ...['<at>', '</at>', '<b>', '&lt;', '**', '_', '`', '[', '](', ')', '\\', '# ', '1. ', '- '],
    ...['\n', '\u202e', '{{', '${', 'a', ' ', 'é', '|', '~'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const { text, mentioned } = mention({ id: 'x', name: pieces.join('') });
      expect(text).toBe(`<at>${mentioned.name}</at>`);
      expect(mentioned.name).toMatch(/^[^<>&*_`[\]{}\\|$\n\u202e]{1,60}$/u);
      const inside = parser.parseInline(text.slice(4, -5), {}).flatMap((one) => one.children ?? []);
      expect(inside.map(({ type }) => type)).toEqual(['text']);
    }),
  );
});
