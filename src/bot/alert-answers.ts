import { alertCard } from '../cards/notices/alert.ts';
import { groupCard } from '../cards/notices/group.ts';
import type { Card } from '../core/turn.ts';
import type { StoredAlert } from '../core/watch-stores.ts';
import { goneAlert, tellTogether } from '../use-cases/tell-alert.ts';
import { type BotPorts, readerOf, type Turn } from './turn.ts';

/** The card that these alerts share, in its newest state. Throws 'changed' when nothing of it can be told. */
export const alertAnswer = async (
  ports: BotPorts,
  { scope }: Turn,
  alerts: readonly StoredAlert[],
): Promise<Card> => {
  const told = await tellTogether(ports)(alerts);
  if (told === undefined) throw goneAlert();
  const reader = readerOf(scope, ports.clock);
  return told.kind === 'alert' ? alertCard(told.alert, reader) : groupCard(told.group, reader);
};
