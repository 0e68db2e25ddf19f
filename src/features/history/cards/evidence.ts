import type { Card, CardView } from '../../../platform/messenger.ts';
import type { LiveShare } from '../../../platform/trace.ts';
import { execute, openUrl, showsTo, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plain, plainName } from '../../../ui/escape.ts';
import { dots, run } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { historySpans } from '../domain/period.ts';
import { goodShare, lossOf } from '../domain/trace-summary.ts';
import source from './evidence.json' with { type: 'json' };
import { type EvidenceModel, evidenceLines } from './evidence-lines.ts';
import { goodText, lossText } from './figures.ts';

export interface EvidenceCardModel extends EvidenceModel {
  /** The link that was just made, and by whom. */
  readonly share?: LiveShare & { readonly by: string };
}

const fill = template(source);

/** What to send to the internet provider. */
export const evidenceCard: CardView<EvidenceCardModel> = (model, reader): Card => {
  const { agent, target, period, share } = model;
  const place = { agent: agent.id, session: target.session.id, span: period.span };
  const others = historySpans.filter((span) => span !== period.span);
  return fill(
    {
      title: `${markdownName(agent.name)} → ${markdownName(target.session.name, 40)}`,
      boxes: share === undefined ? [] : [{ inlines: [run(shareText(share, reader))] }],
      lines: evidenceLines(model, reader).map((line) => ({ inlines: [run(line)] })),
      case: model.case ?? '',
      actions: [
        ...(share === undefined ? [] : [openUrl('Open LiveShare', share.url)]),
        ...(share === undefined && showsTo(reader, 'operator')
          ? [execute('Make LiveShare', 'evidence.share', place)]
          : []),
        ...(target.trace === undefined
          ? []
          : [execute('Buckets as CSV', 'evidence.csv', place, withoutInputs)]),
        ...others.map((span) => execute(`Last ${span}`, 'evidence.show', { ...place, span })),
        execute('History', 'history.show', place, withoutInputs),
      ],
    },
    dots([
      `Evidence: ${plainName(agent.name)} → ${plainName(target.session.name, 40)}`,
      `last ${period.span}`,
      ...figures(model),
    ]),
  );
};

const figures = ({ target: { trace } }: EvidenceModel): readonly (string | false)[] => {
  const [good, loss] = trace === undefined ? [] : [goodShare(trace), lossOf(trace)];
  return [
    good !== undefined && `${goodText(good)} good time`,
    loss !== undefined && `${lossText(loss)} lost`,
  ];
};

const shareText = (
  { url, expiresAt, by }: NonNullable<EvidenceCardModel['share']>,
  reader: Parameters<CardView<EvidenceCardModel>>[1],
): string =>
  dots([
    `LiveShare: ${plain(url, 300)}`,
    expiresAt !== undefined && `until ${clock(expiresAt, reader)}`,
    `made by ${plainName(by)}`,
    'whoever has the link can see the target',
  ]);
