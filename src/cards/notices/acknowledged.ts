import type { Acknowledgement } from '../../core/told-alert.ts';
import type { Reader } from '../../core/turn.ts';
import { plainName } from '../outside-text.ts';
import { clock } from '../time.ts';

/** `Acknowledged by Alex Wilber at 12:31`; plain text. */
export const acknowledgedText = ({ name, at }: Acknowledgement, reader: Reader): string =>
  `Acknowledged by ${plainName(name)} at ${clock(at, reader)}`;
