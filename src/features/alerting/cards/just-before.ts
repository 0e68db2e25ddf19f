import type { Reader } from '../../../platform/messenger.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { clock } from '../../../ui/time.ts';
import type { CommonChange, JustBefore } from '../domain/just-before.ts';

/** Like `Just before: switched from cable to Wi-Fi at 14:02`; plain text. */
export const justBeforeText = (change: JustBefore, reader: Reader): string => {
  const at = clock(change.at, reader);
  return change.isUnsure === true
    ? `About then: ${changeText(change)}, seen at ${at}`
    : `Just before: ${changeText(change)} at ${at}`;
};

/** The same of all members of a group. */
export const commonChangeText = (
  { change, until }: CommonChange,
  agents: number,
  reader: Reader,
): string => {
  const [at, last] = [clock(change.at, reader), clock(until, reader)];
  const when = at === last ? `at ${at}` : `from ${at} to ${last}`;
  const lead = change.isUnsure === true ? 'About then' : 'Just before';
  return `${lead}, at all ${agents}: ${changeText(change)} ${when}`;
};

const changeText = ({ what, from, to, by }: JustBefore): string => {
  const who = by === undefined ? 'the bot' : plainName(by, 40);
  switch (what) {
    case 'to-wifi':
      return 'switched from cable to Wi-Fi';
    case 'to-cable':
      return 'switched from Wi-Fi to cable';
    case 'vpn-on':
      return 'VPN switched on';
    case 'vpn-off':
      return 'VPN switched off';
    case 'interface':
      return `another network interface${fromTo(from, to)}`;
    case 'address':
      return `another address${fromTo(from, to)}`;
    case 'rename':
      return `renamed by ${who}`;
    case 'resume':
      return `resumed by ${who}`;
    case 'reconnect':
      return `reconnected by ${who}`;
    default:
      return what satisfies never;
  }
};

const fromTo = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '' : ` (${plain(to, 40)} instead of ${plain(from, 40)})`;
