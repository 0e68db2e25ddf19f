import { optional } from '../../src/shared/optional.ts';

interface Instruction {
  readonly name: string;
  /** As it is written, continued lines joined. */
  readonly text: string;
}

export interface Stage {
  /** Empty for one without a name. */
  readonly name: string;
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

const instructionsOf = (text: string): readonly Instruction[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*#/u.test(line))
    .join('\n')
    .replace(/\\\n\s*/gu, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/u.exec(line) ?? [];
      return { name, text: rest };
    });

/** The stages of a Dockerfile, with the defaults of its arguments put in. */
export const stagesOf = (text: string): readonly Stage[] => {
  const all = instructionsOf(text);
  const defaults = new Map(
    all
      .filter(({ name }) => name === 'ARG')
      .map((argument) => {
        const [name = '', value = ''] = argument.text.split('=');
        return [name, value] as const;
      }),
  );
  const starts = all.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, index) => {
    const [from, ...instructions] = all.slice(start, starts[index + 1]);
    const [, image = '', name = ''] = /^(\S+)(?:\s+AS\s+(\S+))?$/u.exec(from?.text ?? '') ?? [];
    const given = (_: string, argument: string): string => defaults.get(argument) ?? '';
    return { name, image: image.replace(/^\$\{(\w+)\}$/u, given), instructions };
  });
};

export interface Copy {
  /** The stage that it is copied from; nothing for the folder that is built. */
  readonly from?: string;
  readonly sources: readonly string[];
}

export const copiesOf = ({ instructions }: Stage): readonly Copy[] =>
  instructions
    .filter(({ name }) => name === 'COPY')
    .map(({ text }) => {
      const words = text.split(/\s+/u);
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      const paths = words.filter((word) => !word.startsWith('--'));
      return { ...optional('from', from), sources: paths.slice(0, -1) };
    });

/** The instruction's text, if it is there once and only once. */
export const only = ({ instructions }: Stage, name: string): string => {
  const found = instructions.filter((instruction) => instruction.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} times ${name}`);
  return first.text;
};
