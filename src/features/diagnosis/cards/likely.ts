import { plain, plainName } from '../../../ui/escape.ts';
import { bold, run, type TextRun } from '../../../ui/rich-text.ts';
import type { Diagnosed } from '../domain/diagnose-problem.ts';
import type { Likely } from '../domain/diagnosis.ts';

/**
 * Answers "Where is it broken?" in one sentence, the same one wherever it stands. Empty if nobody has asked yet, or
 * for a cause that there are no words for.
 */
export const diagnosisRuns = (
  { diagnosis, noCause }: Diagnosed,
  target: { readonly name: string } | undefined,
): readonly TextRun[] => {
  if (noCause === true) return noClearCause;
  const cause = diagnosis && causeText(diagnosis, target);
  if (cause === undefined) return [];
  const because = (diagnosis?.because ?? []).slice(0, shownFacts).map((fact) => plain(fact, 120));
  return because.length === 0
    ? [bold(`Likely ${cause}.`)]
    : [bold(`Likely ${cause}: `), run(`${joined(because)}.`)];
};

/** The line where the facts support no answer. */
export const noClearCause: readonly TextRun[] = [bold('No clear cause')];

/** Like `this machine's Wi-Fi`; undefined for a cause without words. */
export const causeText = (
  { likely, what = '' }: Pick<Likely, 'likely' | 'what'>,
  target: { readonly name: string } | undefined,
): string | undefined =>
  causes.get(likely)?.({ target: plainName(target?.name ?? '', 40), what: plain(what, 60) });

const shownFacts = 5;

interface Words {
  readonly target: string;
  readonly what: string;
}

const causes: ReadonlyMap<string, (words: Words) => string> = new Map<
  string,
  (words: Words) => string
>([
  ['wifi', () => "this machine's Wi-Fi"],
  ['machine', () => 'this machine'],
  ['alone', () => 'this machine or its own connection'],
  ['gateway', () => 'the network inside its site'],
  ['line', () => 'the line of its site'],
  ['site', () => 'the network at its site'],
  ['provider', ({ what }) => (what === '' ? 'its provider' : `the provider at ${what}`)],
  ['service', ({ target }) => `${target} itself`],
  ['vpn', () => 'its VPN'],
  ['platform', ({ what }) => (what === '' ? 'its platform' : `its platform ${what}`)],
  ['version', ({ what }) => (what === '' ? "the agent's version" : `the version ${what}`)],
]);

/** `a` or `a, and b`. The parts are clauses, so a comma precedes `and`. */
const joined = (clauses: readonly string[]): string =>
  [...clauses.slice(0, -1), ...clauses.slice(-1).map((last) => lead(clauses.length) + last)].join(
    ', ',
  );

const lead = (count: number): string => (count > 1 ? 'and ' : '');
