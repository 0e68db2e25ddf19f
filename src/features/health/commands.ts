import { defineCommand } from '../../chat/define-command.ts';
import { privateReply } from '../../chat/reply.ts';
import { readerOf } from '../../chat/turn.ts';
import { optional } from '../../shared/optional.ts';
import { healthCard } from './cards/health.ts';
import { type HealthPorts, readHealth } from './health.ts';

export const health = defineCommand({
  name: 'health',
  group: 'The bot',
  usage: 'health',
  summary: 'Whether PingPlotter answers, the fleet is watched and messages arrive',
  details: ['Admins see all conversations, others this one.'],
  role: 'viewer',
  reads: true,
  run: async (ports: HealthPorts, { scope }) => {
    const { conversations, ...found } = await readHealth(ports)(scope);
    const rows = conversations?.map(({ label, conversationKey, kind, ...one }) => ({
      label: label ?? conversationKey,
      kind,
      sent: one.sent,
      failed: one.failed,
      state: one.state,
      ...optional('reason', one.deadReason),
    }));
    return privateReply(
      healthCard({ ...found, ...optional('conversations', rows) }, readerOf(scope, ports.clock)),
    );
  },
});

export const healthCommands = [health];
