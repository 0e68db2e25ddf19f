import { z } from 'zod';

const text = z.string().optional().catch(undefined);
/** Names of languages and time zones are short, and scope.ts caches by them. */
const shortName = z.string().max(100).optional().catch(undefined);
const account = z
  .object({
    id: text,
    name: text,
    aadObjectId: text,
    role: text,
    isTargeted: z.boolean().optional().catch(undefined),
  })
  .optional()
  .catch(undefined);
const list = <T extends z.ZodType>(item: T) =>
  z.array(z.union([item, z.unknown().transform(() => undefined)])).catch([]);
const accounts = list(z.object({ id: z.string() }))
  .transform((all) => all.filter((one) => one !== undefined))
  .optional();

const Entity = z.object({
  type: z.string(),
  text,
  mentioned: z.object({ id: text, name: text, aadObjectId: text }).optional().catch(undefined),
  locale: shortName,
  timezone: shortName,
});

/**
 * Every field that this bot reads of an activity. All but the type may be missing, and a field of the
 * wrong type counts as missing: whoever needs it says what then.
 */
export const Activity = z.object({
  type: z.string().min(1),
  id: text,
  name: text,
  action: text,
  channelId: text,
  serviceUrl: text,
  locale: shortName,
  localTimezone: shortName,
  text,
  replyToId: text,
  from: account,
  recipient: account,
  conversation: z
    .object({
      id: text,
      tenantId: text,
      conversationType: text,
      isGroup: z.boolean().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  channelData: z
    .object({
      tenant: z.object({ id: text }).optional().catch(undefined),
      eventType: text,
    })
    .optional()
    .catch(undefined),
  membersAdded: accounts,
  membersRemoved: accounts,
  entities: list(Entity)
    .transform((all) => all.filter((one) => one !== undefined))
    .optional(),
  attachments: list(z.object({ contentType: text, content: z.unknown().optional() }))
    .transform((all) => all.filter((one) => one !== undefined))
    .optional(),
  value: z.unknown().optional(),
});
export type Activity = z.infer<typeof Activity>;
export type Entity = z.infer<typeof Entity>;

/** `undefined` if it is no activity at all. */
export const readActivity = (body: unknown): Activity | undefined => Activity.safeParse(body).data;
