import type { StatusWord } from '../platform/agent.ts';
import { run, type TextRun } from './rich-text.ts';

/** How a state looks. Colour only ever stands beside its word. */
export interface Appearance {
  readonly word: string;
  readonly color: 'Good' | 'Warning' | 'Attention' | 'Default';
  readonly isSubtle: boolean;
}

const plainly = (word: string): Appearance => ({ word, color: 'Default', isSubtle: true });

const looks: Readonly<Record<StatusWord, Appearance>> = {
  poor: { word: 'Poor', color: 'Attention', isSubtle: false },
  fair: { word: 'Fair', color: 'Warning', isSubtle: false },
  good: { word: 'Good', color: 'Good', isSubtle: false },
  offline: plainly('Offline'),
  never: plainly('Never connected'),
  unknown: plainly('No data'),
  paused: plainly('Paused'),
};

export const appearanceOf = (statusWord: StatusWord): Appearance => looks[statusWord];

/** `Poor 41`; scores are shown as whole numbers. */
export const stateText = (statusWord: StatusWord, score: number | undefined): string =>
  score === undefined ? looks[statusWord].word : `${looks[statusWord].word} ${Math.round(score)}`;

/** The state as a bold text block at the right of a row. */
export const stateCell = (
  statusWord: StatusWord,
  score: number | undefined,
): { readonly state: string; readonly color: Appearance['color']; readonly isSubtle: boolean } => ({
  state: stateText(statusWord, score),
  color: looks[statusWord].color,
  isSubtle: looks[statusWord].isSubtle,
});

/** Text in its state's colour, bold because the colour of Fair is pale on white. */
export const stateRun = (text: string, statusWord: StatusWord): TextRun => {
  const { color, isSubtle } = looks[statusWord];
  return isSubtle ? run(text, { isSubtle }) : run(text, { color, weight: 'Bolder' });
};
