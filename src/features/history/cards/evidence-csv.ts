import type { Table } from '../../../chat/table.ts';
import type { TracePoint } from '../../../platform/trace.ts';
import type { CsvCell } from '../../../shared/csv.ts';
import { execute } from '../../../ui/action.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import type { EvidenceModel } from './evidence-lines.ts';

const columns = [
  'Bucket (UTC)',
  'Packets sent',
  'Packets lost',
  'Loss %',
  'Latency ms',
  'Lowest ms',
  'Highest ms',
  'Jitter ms',
];

/** All buckets of the period, the good ones too. */
export const bucketsTable = ({ agent, target, period }: EvidenceModel): Table => {
  const points = target.points.filter(({ at }) => at >= period.from);
  return {
    title: `Buckets of ${markdownName(agent.name)} → ${markdownName(target.session.name, 40)}`,
    name: 'buckets',
    about: dots([
      `${plainName(agent.name)} → ${plainName(target.session.name, 40)}`,
      counted(points.length, 'bucket'),
      `last ${period.span}`,
    ]),
    columns,
    rows: points.map(cells),
    fewer: 'Ask for fewer days.',
    actions: [
      execute('Evidence', 'evidence.show', {
        agent: agent.id,
        session: target.session.id,
        span: period.span,
      }),
    ],
  };
};

const cells = ({ at, sent, lost, ...ms }: TracePoint): readonly CsvCell[] => [
  new Date(at).toISOString(),
  sent,
  lost,
  sent === 0 ? '' : Math.round((lost / sent) * 10_000) / 100,
  ms.latencyMs ?? '',
  ms.lowestMs ?? '',
  ms.highestMs ?? '',
  ms.jitterMs ?? '',
];
