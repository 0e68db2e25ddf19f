import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute, inOverflow, runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain } from '../../../ui/escape.ts';
import { counted, dots, run, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { countsText as suppressedText } from '../../silence/cards/suppressed-line.ts';
import type { SuppressedCounts } from '../../silence/domain/suppressed.ts';
import type { Digest } from '../domain/digest.ts';
import type { OpenAlert } from '../domain/still-open.ts';
import type { Weeks } from '../domain/weeks.ts';
import source from './digest.json' with { type: 'json' };
import { digestChart } from './digest-chart.ts';
import { type DigestNames, digestSections, measuredName, openSection } from './digest-sections.ts';
import { weeksSection } from './weeks-section.ts';

export interface DigestModel extends DigestNames {
  readonly digest: Digest;
  /** As a person would type it, like `daily at 08:00`. Absent if the conversation has none. */
  readonly schedule?: string;
  /** The alerts of the conversation that go on, the oldest first. */
  readonly open?: readonly OpenAlert[];
  /** Of a weekly digest. */
  readonly weeks?: Weeks;
  /** What was held back in the conversation meanwhile. */
  readonly suppressed?: SuppressedCounts;
}

const fill = template(source);

export const digestCard: CardView<DigestModel> = (model, reader): Card => {
  const { digest, schedule, open = [], suppressed = {} } = model;
  const { nothingChanged } = digest;
  const counts = dots([
    countsText(digest),
    open.length > 0 && `${counted(open.length, 'alert')} open`,
  ]);
  const lead = nothingChanged
    ? dots(['Nothing changed', counts === '' ? 'all was good' : `still ${counts}`])
    : counts || 'All was good';
  const suppressedLine = suppressedText(suppressed);
  return fill(
    {
      line: [small(dots([`since ${clock(digest.from, reader)}`, plain(schedule ?? '', 60)]))],
      lead: [run(lead)],
      charts: digestChart(digest.worst, (time) => measuredName(time, model)),
      sections: [
        ...openSection(open, reader),
        ...weeksSection(model.weeks, model, reader),
        ...(nothingChanged ? [] : digestSections(digest, model, reader)),
      ],
      notes: suppressedLine === '' ? [] : [{ inlines: [small(`Held back: ${suppressedLine}`)] }],
      actions: [
        runCommand('Agents', 'agents'),
        ...(suppressedLine === '' ? [] : [execute('Held back', 'watches.suppressed', { page: 1 })]),
        ...(schedule === undefined
          ? []
          : [execute('Turn off', 'digest.set', { when: 'off' }, inOverflow)]),
      ],
    },
    `Digest: ${lead}`,
  );
};

const countsText = (digest: Digest): string => {
  const { worst, came, gone, neverConnected, longOffline, forgottenPauses } = digest;
  return dots([
    worst.length > 0 && `${counted(worst.length, 'target')} not always Good`,
    came.length > 0 && `${came.length} new`,
    gone.length > 0 && `${gone.length} gone`,
    neverConnected.length > 0 && `${neverConnected.length} never connected`,
    longOffline.length > 0 && `${longOffline.length} offline for long`,
    forgottenPauses.length > 0 && `${forgottenPauses.length} paused for long`,
  ]);
};
