import type { Standing } from '../platform/agent.ts';
import { run, type TextRun } from './rich-text.ts';

/** How a state looks. Colour only ever stands beside its word. */
export interface Look {
  readonly word: string;
  readonly color: 'Good' | 'Warning' | 'Attention' | 'Default';
  readonly isSubtle: boolean;
}

const plainly = (word: string): Look => ({ word, color: 'Default', isSubtle: true });

const looks: Readonly<Record<Standing, Look>> = {
  poor: { word: 'Poor', color: 'Attention', isSubtle: false },
  fair: { word: 'Fair', color: 'Warning', isSubtle: false },
  good: { word: 'Good', color: 'Good', isSubtle: false },
  offline: plainly('Offline'),
  never: plainly('Never connected'),
  unknown: plainly('No data'),
  paused: plainly('Paused'),
};

export const lookOf = (standing: Standing): Look => looks[standing];

/** `Poor 41`; scores are shown as whole numbers. */
export const stateText = (standing: Standing, score: number | undefined): string =>
  score === undefined ? looks[standing].word : `${looks[standing].word} ${Math.round(score)}`;

/** The state as a bold text block at the right of a row. */
export const stateCell = (
  standing: Standing,
  score: number | undefined,
): { readonly state: string; readonly color: Look['color']; readonly isSubtle: boolean } => ({
  state: stateText(standing, score),
  color: looks[standing].color,
  isSubtle: looks[standing].isSubtle,
});

/** Text in its state's colour, bold because the colour of Fair is pale on white. */
export const stateRun = (text: string, standing: Standing): TextRun => {
  const { color, isSubtle } = looks[standing];
  return isSubtle ? run(text, { isSubtle }) : run(text, { color, weight: 'Bolder' });
};
