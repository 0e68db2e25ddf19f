import type { Reader } from '../../../platform/messenger.ts';
import { counted } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { Hidden } from '../ports.ts';

/** Plain text. `window` = a planned one: a shorter one than a day was compared with the same hours of each day. */
export const hiddenText = (
  { alerts, agents, open = 0, since }: Hidden,
  window: { readonly from: number; readonly until: number } | undefined,
  reader: Reader,
): string => {
  const isWindow = window !== undefined && window.until - window.from < dayMs;
  const when = since === undefined ? 'In the last 7 days' : `Since ${clock(since, reader)}`;
  const young = since === undefined ? '' : ', when watching began here,';
  const what =
    alerts === 0 ? 'no alert' : `${counted(alerts, 'alert')} about ${counted(agents, 'agent')}`;
  const now =
    open === 0
      ? ''
      : ` ${open === 1 ? '1 alert is' : `${open} alerts are`} open now, and nothing more is told of ${open === 1 ? 'it' : 'them'} meanwhile.`;
  return `${when}${young} it would have hidden ${what}${isWindow ? ' at these hours' : ''}.${now}`;
};

const dayMs = 24 * 60 * 60_000;
