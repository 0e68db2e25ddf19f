/** Activities as Teams sends them; any field can be replaced or, by undefined, left out. */
export type WireActivity = Readonly<Record<string, unknown>>;

export const bot = { id: '28:bot', name: 'PingPlotter' };
export const ada = { id: '29:ada', name: 'Ada Byron', aadObjectId: 'ada-object-id' };

export const anActivity = (serviceUrl: string, changes: WireActivity = {}): WireActivity => ({
  type: 'message',
  id: 'activity-1',
  channelId: 'msteams',
  serviceUrl,
  from: ada,
  recipient: bot,
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: 'tenant-1' },
  channelData: { tenant: { id: 'tenant-1' } },
  locale: 'en-US',
  localTimezone: 'America/Denver',
  ...changes,
});

export const aMessage = (serviceUrl: string, text: string, changes: WireActivity = {}) =>
  anActivity(serviceUrl, { text, ...changes });

export const aPress = (
  serviceUrl: string,
  verb: string,
  changes: WireActivity = {},
  trigger = 'manual',
) =>
  anActivity(serviceUrl, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: 'card-1',
    value: { action: { type: 'Action.Execute', verb, data: { agentId: 'a1' } }, trigger },
    ...changes,
  });

export const inChannel = {
  conversation: {
    id: '19:general@thread.tacv2;messageid=1',
    conversationType: 'channel',
    isGroup: true,
    tenantId: 'tenant-1',
  },
};
