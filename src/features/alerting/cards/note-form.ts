import type { Card } from '../../../platform/messenger.ts';
import { execute, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import source from './note-form.json' with { type: 'json' };

export interface NoteFormModel {
  /** Of the alert or group. */
  readonly id: string;
  readonly numbers: readonly number[];
}

const fill = template(source);

export const noteFormCard = ({ id, numbers }: NoteFormModel): Card => {
  const first = `#${Math.min(...numbers)}`;
  const title =
    numbers.length === 1 ? `Note on ${first}` : `Note on ${first} and ${numbers.length - 1} more`;
  return fill(
    {
      title,
      actions: [
        execute('Save', 'alert.note', { alert: id }),
        execute('Cancel', 'alert.show', { alert: id }, withoutInputs),
      ],
    },
    title,
  );
};
