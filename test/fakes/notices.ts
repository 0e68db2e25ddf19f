import { z } from 'zod';
import type { Notice } from '../../src/platform/notice.ts';
import { notices } from '../../src/registry.ts';

const Payload = z.union(Object.values(notices).map(({ payload }) => payload));

/** A payload of the outbox. Throws for one that no notice takes. */
export const readNotice = (payload: unknown): Notice => Payload.parse(payload);
