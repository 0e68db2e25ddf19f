import type { Card, CardView } from '../platform/messenger.ts';
import { executePress, type Press } from './action.ts';
import { template } from './card.ts';
import { markdown, plain, plainName } from './escape.ts';
import { opening, small } from './rich-text.ts';
import source from './which.json' with { type: 'json' };

export interface WhichModel {
  /** May quote what was typed. */
  readonly question: string;
  readonly choices: readonly (Press & { readonly title: string; readonly subtitle: string })[];
  /** How many more would match. */
  readonly more: number;
  /** What travels along with the choice. */
  readonly input?: { readonly id: string; readonly label: string; readonly value: string };
}

const fill = template(source);

/** Asks which one to take: each row is a button. */
export const whichCard: CardView<WhichModel> = ({ question, choices, more, input }): Card =>
  fill(
    {
      question: markdown(question, 200),
      inputs: input === undefined ? [] : [input],
      rows: choices.map(({ title, subtitle, ...press }) => ({
        press: executePress(
          plainName(title, 40),
          press,
          subtitle === '' ? {} : { tooltip: plain(subtitle, 200) },
        ),
        title: [opening(plainName(title))],
        hasSubtitle: subtitle !== '',
        subtitle: [small(plain(subtitle, 200))],
      })),
      notes: more > 0 ? [{ inlines: [small(`and ${more} more: type more of the name`)] }] : [],
    },
    plain(question, 200),
  );
