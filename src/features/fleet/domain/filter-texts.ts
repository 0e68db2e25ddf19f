import { fold } from '../../../shared/fold.ts';
import { type FoldedTexts, foldedTexts, foldedTextsTest } from '../../../shared/text.ts';
import type { AgentView } from './agent-view.ts';
import { type AgentTest, texts } from './filter-conditions.ts';

type Where = keyof typeof texts;

/** Makes the tests of terms that look for a text. */
export interface TextTests {
  text(where: Where, pattern: string): AgentTest;
  field(name: string, pattern: string): AgentTest;
}

/**
 * For filters of many terms: what they search is read once for each agent. Relies on it that all terms
 * are tried on one agent before the next.
 */
export const manyTests = (): TextTests => {
  const readers: Readonly<Record<Where, (view: AgentView) => FoldedTexts>> = {
    text: reader('text'),
    name: reader('name'),
    platform: reader('platform'),
    target: reader('target'),
    ip: reader('ip'),
  };
  const fieldsIn = forTheLast(fieldsOf);
  return {
    text: (where, pattern) => {
      const [test, read] = [foldedTextsTest(pattern), readers[where]];
      return (view) => test(read(view));
    },
    field: (name, pattern) => {
      const [test, wanted] = [foldedTextsTest(pattern), fold(name)];
      return (view) => {
        const values = fieldsIn(view).get(wanted);
        return values !== undefined && test(values);
      };
    },
  };
};

const reader = (where: Where): ((view: AgentView) => FoldedTexts) => {
  const found: (string | undefined)[] = [];
  // A test that never fits is tried on all texts that there are.
  const read = texts[where]((text) => {
    found.push(text);
    return false;
  });
  return forTheLast((view) => {
    found.length = 0;
    read(view);
    return foldedTexts(found);
  });
};

const fieldsOf = ({ agent }: AgentView): ReadonlyMap<string, FoldedTexts> => {
  const values = new Map<string, string[]>();
  for (const { name, value } of agent.customFields) {
    const same = values.get(fold(name));
    if (same === undefined) values.set(fold(name), [value]);
    else same.push(value);
  }
  return new Map([...values].map(([name, all]) => [name, foldedTexts(all)]));
};

/** The same function, which keeps its result for the agent that it was asked about last. */
const forTheLast = <T>(work: (view: AgentView) => T): ((view: AgentView) => T) => {
  let last: { readonly view: AgentView; readonly result: T } | undefined;
  return (view) => {
    if (last?.view !== view) last = { view, result: work(view) };
    return last.result;
  };
};
