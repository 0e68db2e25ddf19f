import { AppError, type AuditedChange } from '../platform/errors.ts';
import type { Card } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';
import type { Reply } from './turn.ts';

export const reply = (card: Card): Reply => ({ kind: 'card', card });

/** A reply that concerns nobody but the asker: in a channel or group chat the others do not see it. */
export const privateReply = (card: Card): Reply => ({ kind: 'card', card, private: true });

/** Something was made that notifies this conversation from now on. */
export const settingZone = (made: Reply): Reply =>
  made.kind === 'card' ? { ...made, setsZone: true } : made;

/** The answer to a change that is made. The audit log has it even when no card can be drawn of it. */
export const changeReply = async (
  auditedChange: AuditedChange,
  draw: () => Card | Promise<Card>,
  drawForEveryone?: () => Card | Promise<Card>,
): Promise<Reply> => {
  try {
    const card = await draw();
    return {
      kind: 'card',
      card,
      ...optional('everyone', await drawForEveryone?.()),
      auditedChange,
    };
  } catch (cause) {
    throw new AppError('internal', 'a change that is done could not be shown', {
      auditedChange,
      cause,
      reason: { name: 'done.not-shown', facts: {} },
    });
  }
};
