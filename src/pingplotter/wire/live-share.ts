import type { ListedLiveShare, LiveShare, LiveShareDraft } from '../../platform/trace.ts';
import { optional } from '../../shared/optional.ts';
import type { ListReader } from '../caller.ts';
import { dateOf, entriesReader, filled, record, text } from './fields.ts';

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

export const liveSharesReader: ListReader<readonly ListedLiveShare[]> = entriesReader(
  (entry) => {
    const wire = record(entry);
    const share = readLiveShare(entry);
    const entity = filled(wire?.['EntityId']);
    const about = kinds.get(text(wire?.['LinkType']).trim().toLowerCase());
    if (share === undefined || entity === undefined || about === undefined) return undefined;
    return { id: share.id, url: share.url, about, entity };
  },
  (shares) => shares,
);

const kinds: ReadonlyMap<string, ListedLiveShare['about']> = new Map([
  ['agent', 'agent'],
  ['session', 'session'],
]);

const isHttps = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';

export const writeLiveShare = ({ session, description, notes, expiresAt }: LiveShareDraft) => ({
  LinkType: 'session',
  EntityId: session,
  Description: description,
  Notes: notes,
  ExpirationDate: new Date(expiresAt).toISOString(),
});
