import type { Of, RenderPorts } from '../../delivery/render.ts';

export const targetNames = async (
  { store }: RenderPorts,
  account: string,
  { agentId, sessions }: Of<'resumed'>,
): Promise<readonly string[]> => {
  if (sessions.length === 0) return [];
  const seen = await store.sessions.seen(account, agentId);
  return sessions.map((session) => seen.find(({ id }) => id === session)?.name ?? session);
};
