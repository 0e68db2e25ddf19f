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

/** As in package.json. */
export const oldestNode = '20.19';

const node = reportOn('Node.js');

const numbers = (version: string): readonly [number, number] => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
};

export const checkNode = (version: string): readonly Finding[] => {
  const [major, minor] = numbers(version);
  const [oldestMajor, oldestMinor] = numbers(oldestNode);
  const fits = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return [
    fits
      ? node.good('version', version)
      : node.bad('version', `${version} is too old`, `Install Node.js ${oldestNode} or newer.`),
  ];
};
