import { z } from 'zod';
import type { Conversation } from '../../platform/conversation.ts';
import { defineNotice } from '../../platform/notice.ts';
import { digestCard } from './cards/digest.ts';
import type { LoadedDigest } from './load-digest.ts';

/** The time that the digest covers, in ms since 1970. */
const DigestPayload = z
  .object({ kind: z.literal('digest'), from: z.number(), to: z.number() })
  .readonly();
type DigestPayload = z.infer<typeof DigestPayload>;

declare module '../../platform/notice.ts' {
  interface Notices {
    digest: DigestPayload;
  }
}

interface Ports {
  /** Undefined if there is nothing worth a message. */
  readonly loadDigest: (
    to: Conversation,
    period: DigestPayload,
  ) => Promise<LoadedDigest | undefined>;
}

const digestNotice = defineNotice('digest', {
  payload: DigestPayload,
  patient: true,
  load: ({ loadDigest }: Ports, payload, to) => loadDigest(to, payload),
  view: (digest, reader) => ({ card: digestCard(digest, reader) }),
});

export const digestNotices = { digest: digestNotice };
