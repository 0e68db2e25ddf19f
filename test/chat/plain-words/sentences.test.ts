import { describe, expect, it } from 'vitest';
import { type Row, table, understoodAs } from './a-world.ts';

/** The rules were written with these in sight … */
const open = table('./sentences.txt');
/** … and these out of it. */
const heldOut = table('./held-out-sentences.txt');

interface Figures {
  readonly sentences: number;
  readonly asMeant: number;
  /** Understood as something else than was meant; a sentence that is not understood is none of them. */
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

const figuresOf = (rows: readonly Row[]): Figures => {
  const read = rows.map(({ sentence, meant }) => ({
    sentence,
    meant,
    got: understoodAs(sentence),
  }));
  const other = read.filter(({ meant, got }) => got !== meant);
  const line = ({ sentence, meant, got }: (typeof read)[number]) =>
    `“${sentence}”: ${got}, meant ${meant}`;
  return {
    sentences: rows.length,
    asMeant: read.length - other.length,
    wrong: other.filter(({ got }) => got !== 'not understood').map(line),
    missed: other.filter(({ got }) => got === 'not understood').map(line),
  };
};

describe.each([
  ['the open half', open],
  ['the half that was kept out', heldOut],
])('%s of the sentences', (name, rows) => {
  it('is understood as meant, 9 of 10 at the least, and 1 of 50 wrongly at the most', () => {
    const { sentences, asMeant, wrong, missed } = figuresOf(rows);
    process.stdout.write(
      `${name}: ${asMeant} of ${sentences} as meant, ${wrong.length} wrong, ${missed.length} not understood\n${[...wrong, ...missed].join('\n')}\n`,
    );
    expect(asMeant / sentences).toBeGreaterThanOrEqual(0.9);
    expect(wrong.length / sentences).toBeLessThanOrEqual(0.02);
  });
});

it('the table has at least 200 sentences, half of them kept out, none twice', () => {
  const all = [...open, ...heldOut].map(({ sentence }) => sentence);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(200);
  expect(Math.abs(open.length - heldOut.length)).toBeLessThanOrEqual(1);
});
