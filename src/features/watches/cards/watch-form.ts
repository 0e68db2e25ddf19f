import type { Card, CardView } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { formatDuration } from '../../../shared/time.ts';
import { type Action, execute, inOverflow, runCommand, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { boxed } from '../../../ui/rich-text.ts';
import { typedLimits } from '../domain/limits.ts';
import { describeEscalateTo, type NamedWatch, type WatchRule } from '../domain/watch.ts';
import type { ShownPreview } from '../ports.ts';
import { notSavedTexts } from './preview-texts.ts';
import source from './watch-form.json' with { type: 'json' };

export interface WatchFormModel {
  /** The watch to change. Absent = a new one. */
  readonly watch?: Omit<NamedWatch, 'madeBy'>;
  readonly problem?: string;
  /** What was filled in is shown before it is saved. */
  readonly preview?: ShownPreview;
  /** What the person filled in before, verbatim, by the ids of the inputs. */
  readonly values?: Readonly<Record<string, string>>;
}

const fill = template(source);

export const watchFormCard: CardView<WatchFormModel> = (model, reader): Card => {
  const { watch, problem, preview, values } = model;
  const asked = watch === undefined ? 'New watch' : `Change watch ${watch.number}`;
  const title = preview === undefined ? asked : `${asked}?`;
  return fill(
    {
      title,
      notes: [problem, ...(preview === undefined ? [] : notSavedTexts(preview, reader))].flatMap(
        boxed,
      ),
      ...valuesOf(watch?.rule ?? byDefault),
      ...values,
      actions: [
        saving(model),
        { ...runCommand('Cancel', 'watches'), ...withoutInputs },
        ...(watch === undefined
          ? []
          : [
              execute(
                'End watch',
                'watch.end',
                { watch: watch.id },
                { ...inOverflow, ...withoutInputs },
              ),
            ]),
      ],
    },
    title,
  );
};

/** First what it would be, then that it is to be so. */
const saving = ({ watch, preview }: WatchFormModel): Action => {
  const data = optional('token', preview?.token);
  if (watch !== undefined)
    return execute(preview === undefined ? 'Preview' : 'Save', 'watch.edit', {
      watch: watch.id,
      ...data,
    });
  return execute(preview === undefined ? 'Preview' : 'Watch', 'watch.create', data);
};

/** The same as the command `watch` without arguments. */
const byDefault: WatchRule = { filter: '', quality: { word: 'poor' }, offline: true };

const valuesOf = ({
  filter,
  about,
  quality,
  limits,
  offline,
  afterMs,
  remindMs,
  escalate,
  quiet,
}: WatchRule) => ({
  filter,
  ...(about === undefined ? boundValues(quality) : { bound: about, below: '' }),
  limits: limits === undefined ? '' : typedLimits(limits),
  offline: String(offline),
  after: afterMs === undefined ? '' : formatDuration(afterMs),
  remind: remindMs === undefined ? '' : formatDuration(remindMs),
  escalateTo: escalate === undefined ? '' : describeEscalateTo(escalate.to),
  escalateAfter: escalate === undefined ? '' : formatDuration(escalate.afterMs),
  quietFrom: quiet?.from ?? '',
  quietTo: quiet?.to ?? '',
});

const boundValues = (quality: WatchRule['quality']) => {
  if (quality === 'none') return { bound: 'none', below: '' };
  if ('worseThan' in quality) return { bound: 'usual', below: '' };
  return 'below' in quality
    ? { bound: 'below', below: String(quality.below) }
    : { bound: quality.word, below: '' };
};
