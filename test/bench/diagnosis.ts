import { answersOf, type Half, marksOf, precisionOf, recallOf } from './diagnosis/answers.ts';
import { kinds } from './diagnosis/incidents.ts';

/** Of each kind, in each half. */
const ofEachKind = 40;

const figure = (value: number): string => value.toFixed(2);

/** How often a named cause is right, and how much of what could be named is. */
const tableOf = (half: Half): string => {
  const answers = answersOf(half, ofEachKind * kinds.length);
  const rows = [...kinds, undefined].map((kind) => {
    const marks = marksOf(answers.filter((one) => kind === undefined || one.kind === kind));
    const recall = marks.namable === 0 ? '–' : figure(recallOf(marks));
    const precision = marks.likely === 0 ? '–' : figure(precisionOf(marks));
    return `| ${kind ?? '**all**'} | ${marks.incidents} | ${marks.likely} | ${marks.right} | ${precision} | ${recall} |`;
  });
  const head =
    '| kind | incidents | likely | right | precision | recall |\n|---|---|---|---|---|---|';
  return `${half}\n\n${head}\n${rows.join('\n')}\n`;
};

process.stdout.write(`${tableOf('learning')}\n${tableOf('held out')}`);
