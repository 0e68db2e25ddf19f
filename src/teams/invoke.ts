import type { SearchHit } from '../chat/turn.ts';
import type { Card } from '../platform/messenger.ts';

export const adaptiveCard = 'application/vnd.microsoft.card.adaptive';
export const thumbnailCard = 'application/vnd.microsoft.card.thumbnail';
export const searchResponse = 'application/vnd.microsoft.search.searchResponse';
export const activityMessage = 'application/vnd.microsoft.activity.message';
export const errorResponse = 'application/vnd.microsoft.error';

/**
 * The body of an answer to an invoke. The protocol (Universal Action Model) wants HTTP 200 with each of them,
 * errors too; `statusCode` is for the client.
 */
export type InvokeBody = Readonly<Record<string, unknown>>;

/** Replaces the pressed card for the person who pressed. */
export const cardBody = ({ content }: Card): InvokeBody => ({
  statusCode: 200,
  type: adaptiveCard,
  value: content,
});

/** Leaves the pressed card as it is and shows a text. */
export const messageBody = (value: string): InvokeBody => ({
  statusCode: 200,
  type: activityMessage,
  value,
});

export const errorBody = (
  statusCode: 400 | 500,
  code: 'BadRequest' | 'NotSupported' | 'Busy' | 'Failed',
  message: string,
): InvokeBody => ({ statusCode, type: errorResponse, value: { code, message } });

export const typeaheadBody = (hits: readonly SearchHit[]): InvokeBody => ({
  statusCode: 200,
  type: searchResponse,
  value: { results: hits.map(({ title, value }) => ({ title, value })) },
});

export const extensionBody = (hits: readonly SearchHit[]): InvokeBody => ({
  composeExtension: {
    type: 'result',
    attachmentLayout: 'list',
    attachments: hits.map(attachment),
  },
});

/** Teams would show what it had for half an hour: a score of then, or nothing to who has a role by now. */
const uncached = {
  suggestedActions: { actions: [{ type: 'setCachePolicy', value: '{"type":"no-cache"}' }] },
} as const;

/** What a pasted link shows. */
export const linkBody = (hits: readonly SearchHit[]): InvokeBody => ({
  composeExtension: {
    type: 'result',
    attachmentLayout: 'list',
    attachments: hits.map(attachment),
    ...uncached,
  },
});

/** Opens a dialog. */
export const dialogBody = (title: string, { content }: Card): InvokeBody => ({
  task: {
    type: 'continue',
    value: {
      title,
      height: 'medium',
      width: 'medium',
      card: { contentType: adaptiveCard, content },
    },
  },
});

/** A sentence in the place of a dialog. */
export const dialogMessage = (text: string): InvokeBody => ({
  task: { type: 'message', value: text },
});

/** A text instead of results, which a typeahead has no room for. */
export const extensionMessage = (text: string): InvokeBody => ({
  composeExtension: { type: 'message', text },
});

const attachment = ({ title, subtitle, card }: SearchHit) => {
  const preview = { contentType: thumbnailCard, content: { title, text: subtitle } };
  return card === undefined
    ? { ...preview, preview }
    : { contentType: adaptiveCard, content: card.content, preview };
};
