import type { Card, CardView } from '../../platform/messenger.ts';
import { sentenceCase } from '../../shared/text.ts';
import { template } from '../../ui/card.ts';
import { plain } from '../../ui/escape.ts';
import { subtle } from '../../ui/rich-text.ts';
import source from './waiting.json' with { type: 'json' };

export interface InterimModel {
  /** What is being done, in a few words. */
  readonly what?: string;
}

const fill = template(source);

/** Stands where the answer will be. Whether PingPlotter or the store takes its time is not known yet. */
export const interimCard: CardView<InterimModel> = ({ what = '' }): Card => {
  const lead = what.trim() === '' ? '' : `${plain(what, 120)}: `;
  const text = `${lead}still working on it; the answer will appear here.`;
  const sentence = sentenceCase(text);
  return fill({ inlines: [subtle(sentence)] }, sentence);
};

/** Stands there for all once the answer went to the asker alone. */
export const answeredCard = (): Card => {
  const sentence = 'Answered to the asker alone.';
  return fill({ inlines: [subtle(sentence)] }, sentence);
};
