interface Sending {
  readonly conversationId: string;
  readonly at: number;
}

/** Teams' own windows, as its page has them. */
const ofConversation = [
  { max: 7, ms: 1000 },
  { max: 8, ms: 2000 },
  { max: 60, ms: 30_000 },
  { max: 1800, ms: 3_600_000 },
];
const ofTenant = [{ max: 50, ms: 1000 }];

const overfull = (
  who: string,
  times: readonly number[],
  windows: typeof ofTenant,
): readonly string[] =>
  windows.flatMap(({ max, ms }) =>
    times
      .filter((at, index) => (times[index + max] ?? Number.POSITIVE_INFINITY) - at < ms)
      .map((at) => `${who}: more than ${max} within ${ms} ms from ${at}`),
  );

/** Windows of Teams that hold too much; what was sent in order, to one tenant. */
export const violations = (sent: readonly Sending[]): readonly string[] => {
  const conversations = new Map<string, number[]>();
  for (const { conversationId, at } of sent) {
    const key = conversationId.split(';')[0] ?? conversationId;
    const times = conversations.get(key);
    if (times === undefined) conversations.set(key, [at]);
    else times.push(at);
  }
  return [
    ...overfull(
      'tenant',
      sent.map(({ at }) => at),
      ofTenant,
    ),
    ...[...conversations].flatMap(([key, times]) => overfull(key, times, ofConversation)),
  ];
};
