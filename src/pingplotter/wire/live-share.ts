import type { LiveShare, LiveShareDraft } from '../../platform/trace.ts';
import { optional } from '../../shared/optional.ts';
import { dateOf, filled, record } from './fields.ts';

/** Without an address that can be opened there is no link. */
export const readLiveShare = (body: unknown): LiveShare | undefined => {
  const wire = record(body);
  const url = filled(wire?.['ShareUrl']);
  if (wire === undefined || url === undefined || !isHttps(url)) return undefined;
  return {
    id: filled(wire['ShareId']) ?? '',
    url,
    ...optional('expiresAt', dateOf(wire['ExpirationDate'])),
  };
};

const isHttps = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';

export const writeLiveShare = ({ session, description, notes, expiresAt }: LiveShareDraft) => ({
  LinkType: 'session',
  EntityId: session,
  Description: description,
  Notes: notes,
  ExpirationDate: new Date(expiresAt).toISOString(),
});
