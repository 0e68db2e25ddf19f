import { type Finding, reportOn } from './finding.ts';

const { good, bad, notChecked } = reportOn('clock');
const subject = 'against PingPlotter';

/** Tokens are taken up to five minutes off; readings seem old or of the future long before. */
const mostOffSeconds = 60;

/** How far PingPlotter's clock is ahead of this machine's, by one of its answers; in ms. */
export const checkClock = (aheadMs: number | undefined): readonly Finding[] => {
  if (aheadMs === undefined)
    return [notChecked(subject, 'no answer of PingPlotter tells the time')];
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const off = `${seconds} s ${aheadMs > 0 ? 'behind' : 'ahead'}`;
  return [
    seconds <= mostOffSeconds
      ? good(subject, seconds < 2 ? 'the same' : off)
      : bad(subject, off, 'Let this machine set its clock by NTP.'),
  ];
};
