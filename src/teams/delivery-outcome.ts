import { z } from 'zod';
import type { Delivery } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';

type Failure = Extract<Delivery, { ok: false }>;
export type Operation = 'post' | 'update' | 'typing';

const text = z.string().optional().catch(undefined);

/** A ConnectorError or a SignInError. */
const SendError = z.object({
  statusCode: z.number().optional().catch(undefined),
  code: text,
  /** The bot got no token, so nothing was sent. */
  errorCode: text,
  /** No connection came about, so nothing can have arrived. */
  unsent: z.boolean().optional().catch(undefined),
  /** Teams' services word it in two ways. */
  details: z
    .object({
      error: z.object({ code: text, message: text }).optional().catch(undefined),
      code: text,
      message: text,
      errorCode: z.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  retryAfter: text,
});
type SendError = z.infer<typeof SendError>;

/** By Teams' codes first: the same code comes with several statuses. */
const byCode = new Map<string, Failure['reason']>(
  Object.entries({
    BotDisabledByAdmin: 'gone',
    BotNotInConversationRoster: 'gone',
    ConversationBlockedByUser: 'gone',
    ConversationNotFound: 'gone',
    ForbiddenOperationException: 'gone',
    MessageWritesBlocked: 'gone',
    ActivityNotFoundInConversation: 'message-gone',
    InvalidBotApiHost: 'wrong-host',
    MessageSizeTooBig: 'too-large',
    PreconditionFailed: 'transient',
    Throttled: 'throttled',
  } as const),
);

/** The connection never came about, or not as far as Teams. */
const unreached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const writesBlocked = 209;

const codeOf = ({ code, details }: SendError): string | undefined => {
  const message = details?.error?.message ?? details?.message;
  if (details?.errorCode === writesBlocked || message?.includes('"MessageWritesBlocked"'))
    return 'MessageWritesBlocked';
  return details?.error?.code ?? details?.code ?? code;
};

const byStatus = (
  status: number,
  code: string | undefined,
  operation: Operation,
): Failure['reason'] => {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      // Without a code the conversation is dead: seen where the user had blocked the bot.
      return code === undefined ? 'gone' : 'denied';
    case 404:
      return operation === 'update' ? 'message-gone' : 'gone';
    case 412:
    case 502:
    case 503:
    case 504:
      return 'transient';
    case 413:
      return 'too-large';
    case 429:
      return 'throttled';
    default:
      // 2xx with a body that cannot be read: it was taken, under an unknown id.
      if (status >= 500) return 'broken';
      return status < 300 ? 'ambiguous' : 'denied';
  }
};

/** The codes of 401 and 5xx say nothing of the conversation. */
const byAnswer = (
  status: number,
  code: string | undefined,
  operation: Operation,
): Failure['reason'] =>
  (status === 401 || status >= 500 ? undefined : byCode.get(code ?? '')) ??
  byStatus(status, code, operation);

const byTransport = ({ code, errorCode, unsent }: SendError): Failure['reason'] => {
  if (errorCode !== undefined) return 'unauthorized';
  return unsent || unreached.has(code ?? '') ? 'transient' : 'ambiguous';
};

const retryAfterMs = ({ retryAfter }: SendError): number | undefined => {
  const seconds = Number.parseFloat(retryAfter ?? '');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
};

/** What a failed send means, by the connector's codes (Microsoft's "Status codes from bots"). */
export const classify = (error: unknown, operation: Operation): Failure => {
  const read = SendError.safeParse(error).data;
  if (read === undefined) return { ok: false, reason: 'ambiguous' };
  const { statusCode: status } = read;
  const code = codeOf(read);
  const reason = status === undefined ? byTransport(read) : byAnswer(status, code, operation);
  return {
    ok: false,
    reason,
    ...(reason === 'unauthorized'
      ? { refusedBy: status === undefined ? ('sign-in' as const) : ('connector' as const) }
      : {}),
    ...optional('code', code ?? read.errorCode ?? (status === undefined ? undefined : `${status}`)),
    ...optional('retryAfterMs', retryAfterMs(read)),
    ...(status === undefined && read.errorCode !== undefined ? { everywhere: true as const } : {}),
  };
};
