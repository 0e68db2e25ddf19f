import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import { type FileLinks, type Files, fileLifetimeMs, type TextFile } from '../platform/files.ts';

interface Ports {
  /** The bot's own address, without a slash at its end; without one there are no links. */
  readonly publicUrl?: string | undefined;
  /** What all instances know and nobody else does: the key of the signatures is made from it. */
  readonly secrets: readonly string[];
  readonly stored: Files;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface SignedFiles extends FileLinks {
  /** The file that a link's token leads to; nothing for a token that is forged, over or gone. */
  open(token: string): Promise<TextFile | undefined>;
}

/**
 * Links to files. The token says until when it holds and is signed, so that whatever is guessed or over asks no
 * database.
 */
export const createFileLinks = ({
  publicUrl,
  secrets,
  stored,
  clock,
  newId,
}: Ports): SignedFiles => {
  const key = createHash('sha256')
    .update(JSON.stringify(['files', ...secrets]))
    .digest();
  const signature = (claim: string): string =>
    createHmac('sha256', key).update(claim).digest('base64url');
  const isSigned = (claim: string, given: string): boolean => {
    const [ours, theirs] = [Buffer.from(signature(claim)), Buffer.from(given)];
    return ours.length === theirs.length && timingSafeEqual(ours, theirs);
  };
  return {
    link: async (file) => {
      if (publicUrl === undefined) return undefined;
      const now = clock.now();
      const until = now + fileLifetimeMs;
      const id = newId();
      if (!(await stored.add({ ...file, id, until }, now))) return undefined;
      const claim = `${id}.${until.toString(36)}`;
      return `${publicUrl}/files/${claim}.${signature(claim)}`;
    },
    open: async (token) => {
      const { claim = '', id = '', until = '', given = '' } = form.exec(token)?.groups ?? {};
      if (publicUrl === undefined || !isSigned(claim, given)) return undefined;
      return clock.now() < Number.parseInt(until, 36) ? stored.find(id) : undefined;
    },
  };
};

const form =
  /^(?<claim>(?<id>[A-Za-z0-9_-]{1,64})\.(?<until>[0-9a-z]{1,12}))\.(?<given>[A-Za-z0-9_-]{1,64})$/;
