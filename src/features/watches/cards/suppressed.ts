import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { execute, openRow, runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { dots, opening, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import {
  latelyText,
  ruleWords,
  type SuppressedLately,
} from '../../silence/cards/suppressed-line.ts';
import {
  type SuppressedMessage,
  type SuppressedWhat,
  totalOf,
} from '../../silence/domain/suppressed.ts';
import source from './suppressed.json' with { type: 'json' };

export interface SuppressedModel {
  /** Those of the page, the newest first. */
  readonly messages: readonly SuppressedMessage[];
  /** How many can be listed at all. */
  readonly listed: number;
  /** Counts from 1. */
  readonly page: number;
  /** Undefined where nobody has counted yet. */
  readonly lately: SuppressedLately | undefined;
}

const fill = template(source);

export const onPage = 10;

/** The messages that were held back here. */
export const suppressedCard: CardView<SuppressedModel> = (model, reader): Card => {
  const { messages, listed, lately } = model;
  const pages = Math.max(1, Math.ceil(listed / onPage));
  const about = dots([aboutText(lately, reader), pages > 1 && `page ${model.page} of ${pages}`]);
  const more = (lately === undefined ? 0 : totalOf(lately.week)) - listed;
  const notes = [
    ...(more > 0 ? [`and ${more} more that were counted only`] : []),
    ...(messages.length > 0 ? [meaning] : []),
  ];
  return fill(
    {
      about: [small(about)],
      rows: messages.map((message) => rowOf(message, reader)),
      notes: notes.map((text) => ({ inlines: [small(text)] })),
      actions: [
        ...(model.page > 1
          ? [execute('Newer', 'watches.suppressed', { page: model.page - 1 })]
          : []),
        ...(model.page < pages
          ? [execute('Older', 'watches.suppressed', { page: model.page + 1 })]
          : []),
        runCommand('Watches', 'watches'),
      ],
    },
    messages.length === 0 ? about : `Held back: ${about}`,
  );
};

const meaning =
  'Each agent counts by itself, also where several would have shared a message. What still holds when its rule ends is sent then.';

const aboutText = (lately: SuppressedLately | undefined, reader: Reader): string => {
  if (lately === undefined) return 'Nobody has counted yet what was held back here.';
  const text = latelyText(lately, reader);
  return text === '' ? `Nothing was held back here ${periodText(lately, reader)}.` : text;
};

const periodText = ({ since }: SuppressedLately, reader: Reader): string =>
  reader.now - since < 7 * 24 * 60 * 60_000
    ? `since ${clock(since, reader)}`
    : 'in the last 7 days';

const whatWords: Readonly<Record<SuppressedWhat, string>> = {
  begin: 'a problem began',
  worse: 'got clearly worse',
  end: 'fine again',
  changes: 'changed in the fleet',
};

const rowOf = ({ agentId, agentName, what, why, at }: SuppressedMessage, reader: Reader) => {
  const line = dots([whatWords[what], clock(at, reader), `by ${ruleWords[why]}`]);
  return {
    open: openRow(agentName, line, { agent: agentId }),
    name: [opening(plainName(agentName, 60))],
    line: [small(line)],
  };
};
