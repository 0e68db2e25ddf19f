import { type Finding, reportOn } from './finding.ts';

/** As in package.json. */
export const oldestNode = '20.19';

const { good, bad } = reportOn('Node.js');

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
      ? good('version', version)
      : bad('version', `${version} is too old`, `Install Node.js ${oldestNode} or newer.`),
  ];
};
