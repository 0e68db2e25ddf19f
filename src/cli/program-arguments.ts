import { type ParseArgsConfig, parseArgs } from 'node:util';
import { asksForHelp } from './asks-for-help.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * What a program was called with, each as it was typed. Nothing where that is the end of it: whoever asks how it is
 * called gets that, and an argument that it does not know is named, with the exit code 2.
 */
export const programArguments = <const O extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: O,
  /** How many words may stand behind the options, at the most. */
  words = 0,
) => {
  const typed = process.argv.slice(2);
  if (asksForHelp(typed)) {
    say(usage);
    return undefined;
  }
  try {
    const { values, positionals } = parseArgs({ args: typed, options, allowPositionals: true });
    const unexpected = positionals[words];
    if (unexpected !== undefined) throw new Error(`Unexpected argument '${unexpected}'`);
    return { values, words: positionals };
  } catch (error) {
    // What follows the first sentence is about words that begin with a dash.
    const [what] = (error instanceof Error ? error.message : 'Unknown argument').split('. ');
    say(`${what}.\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
};
