import { inSlices, otherTurns } from '../../../platform/slices.ts';
import { fold } from '../../../shared/fold.ts';
import type { AgentView } from './agent-view.ts';
import { byStatus } from './agent-view.ts';

/**
 * The agents whose whole name, or machine name, stands in a text, worst first; of two names that begin at the same
 * word the longer one counts. The time grows with the text and with the number of names, each once. A name without
 * any letter or digit is found nowhere.
 */
export const agentsNamedIn = async (
  text: string,
  agents: readonly AgentView[],
): Promise<readonly AgentView[]> => {
  const index = await indexNames(agents);
  const folded = fold(text);
  const found = new Set<AgentView>();
  let end = 0;
  let count = 0;
  for (const { 0: word, index: at } of folded.matchAll(words)) {
    count += 1;
    if (count % wordsBetweenTurns === 0) await otherTurns();
    if (at < end) continue;
    const name = longestAt(folded, at, index.shapes.get(word) ?? [], index.byName);
    if (name === undefined) continue;
    end = name.end;
    for (const view of name.views) found.add(view);
  }
  return [...found].sort(byStatus);
};

const words = /[\p{L}\p{N}\p{M}]+/gu;
const firstWord = /[\p{L}\p{N}\p{M}]+/u;
/** `LAX-12` is no mention of `LAX`, but `LAX-12-related` is one of `LAX-12`. */
const continuesWord = /^(?:[\p{L}\p{N}\p{M}]|[-_.]\p{N})/u;
const numberOfWord = /[\p{L}\p{N}\p{M}][-_.]\p{N}$/u;

const wordsBetweenTurns = 200;

/** How a name lies round its first word: what stands before it, and how long all of it is. */
interface Shape {
  readonly before: number;
  readonly length: number;
}

interface NameIndex {
  readonly byName: ReadonlyMap<string, readonly AgentView[]>;
  /** Of the names with that first word, each shape once, the longest first. */
  readonly shapes: ReadonlyMap<string, readonly Shape[]>;
}

const indexNames = async (agents: readonly AgentView[]): Promise<NameIndex> => {
  const byName = new Map<string, AgentView[]>();
  const shapes = new Map<string, Map<string, Shape>>();
  await inSlices(agents, (view) => {
    const { name, machineName = '' } = view.agent;
    for (const one of new Set([name, machineName].map(fold))) {
      const first = firstWord.exec(one);
      if (first === null) continue;
      const known = byName.get(one);
      if (known === undefined) byName.set(one, [view]);
      else known.push(view);
      const shape = { before: first.index, length: one.length };
      const ofWord = shapes.get(first[0]) ?? new Map<string, Shape>();
      shapes.set(first[0], ofWord.set(`${shape.before} ${shape.length}`, shape));
    }
  });
  const sorted = [...shapes].map(([word, ofWord]) => {
    const longestFirst = [...ofWord.values()].sort((a, b) => b.length - a.length);
    return [word, longestFirst] as const;
  });
  return { byName, shapes: new Map(sorted) };
};

const longestAt = (
  text: string,
  at: number,
  shapes: readonly Shape[],
  byName: NameIndex['byName'],
): { readonly end: number; readonly views: readonly AgentView[] } | undefined => {
  for (const { before, length } of shapes) {
    const begin = at - before;
    if (begin < 0 || numberOfWord.test(text.slice(Math.max(0, begin - 3), begin + 1))) continue;
    const end = begin + length;
    // A part of a longer word is no name.
    if (continuesWord.test(text.slice(end, end + 2))) continue;
    const views = byName.get(text.slice(begin, end));
    if (views !== undefined) return { end, views };
  }
  return undefined;
};
