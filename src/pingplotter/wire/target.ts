import { text } from './fields.ts';

export interface TargetWords {
  readonly name: string;
  readonly address: string | undefined;
}

/** As in `192.168.0.1`, `fe80::1`, `host:443` and `https://…`, but not in `St.` or `Room:`. */
const dotOrColonInside = /[.:]./;

/** A target's description may be its address and an alias after a space: `192.168.0.1 Router`. */
export const targetWords = (description: unknown, ipAddress: unknown): TargetWords => {
  const words = text(description).trim();
  const address = text(ipAddress).trim();
  const space = words.indexOf(' ');
  const first = words.slice(0, Math.max(0, space));
  const split = first !== '' && (first === address || dotOrColonInside.test(first));
  return {
    name: split ? words.slice(space).trim() : words || address,
    address: address || (split ? first : undefined),
  };
};
