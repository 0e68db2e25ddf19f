import type { Agent } from '../../../platform/agent.ts';
import { refusal } from '../../../platform/errors.ts';
import { fold } from '../../../shared/fold.ts';
import { nearestWords } from '../../../shared/nearest.ts';

/** What may stand in braces, as people type it. */
export const patternWords: readonly string[] = ['name', 'machine', 'platform', 'n', 'field.Site'];

/** A name that is made of a pattern: texts, and what is put in their places. */
export type Pattern = readonly (
  | { readonly text: string }
  | { readonly of: Plain }
  | { readonly field: string }
)[];

type Plain = 'name' | 'machine' | 'platform' | 'n';
const isPlain = (word: string): word is Plain =>
  ['name', 'machine', 'platform', 'n'].includes(word);

/** In UTF-16 units, as for one name. */
const longest = 1000;

/** Reads each sign once. Throws 'bad-input' for braces that mean nothing, and for no pattern at all. */
export const parsePattern = (typed: string): Pattern => {
  if (typed.trim() === '') throw refusal('bad-input', 'agent.name-missing');
  if (typed.length > longest) throw refusal('bad-input', 'agent.name-too-long', { most: longest });
  return [...typed.trim().matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/gu)].map(([whole, inside]) => {
    if (whole === '{' || whole === '}') throw unknown(whole);
    return inside === undefined ? { text: whole } : readWord(inside.trim(), whole);
  });
};

const readWord = (word: string, typed: string): Pattern[number] => {
  const wanted = word.toLowerCase();
  if (isPlain(wanted)) return { of: wanted };
  const field = /^field\.(.+)$/iu.exec(word)?.[1]?.trim();
  if (field === undefined || field === '') throw unknown(typed);
  return { field };
};

const unknown = (typed: string) => {
  const [near] = nearestWords(typed.replace(/[{}]/gu, '').toLowerCase(), patternWords);
  return refusal('bad-input', 'bulk.pattern', {
    typed,
    nearest: near === undefined ? undefined : `{${near}}`,
  });
};

export type Named = Pick<Agent, 'name' | 'machineName' | 'platform' | 'customFields'>;

/** The name that the pattern gives to the agent that has this number, from 1. May be empty. */
export const nameBy = (pattern: Pattern, agent: Named, n: number): string =>
  pattern
    .map((part) => {
      if ('text' in part) return part.text;
      if ('field' in part) return fieldOf(agent, part.field);
      switch (part.of) {
        case 'name':
          return agent.name;
        case 'machine':
          return agent.machineName ?? '';
        case 'platform':
          return agent.platform ?? '';
        case 'n':
          return String(n);
        default:
          return part.of satisfies never;
      }
    })
    .join('')
    .trim();

const fieldOf = ({ customFields }: Named, field: string): string => {
  const wanted = fold(field);
  return customFields.find(({ name }) => fold(name) === wanted)?.value ?? '';
};

/** The fields that the pattern asks for. */
export const fieldsOf = (pattern: Pattern): readonly string[] =>
  pattern.flatMap((part) => ('field' in part ? [part.field] : []));
