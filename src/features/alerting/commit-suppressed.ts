import { inSlices } from '../../platform/slices.ts';
import { SuppressionsSince, suppressionsDocument } from '../silence/domain/suppressed.ts';
import type { Suppressions } from '../silence/store.ts';
import { placeKey } from './domain/alert-changes.ts';
import {
  type SuppressedAlert,
  type SuppressedChanges,
  SuppressedDetail,
} from './domain/suppressed-alerts.ts';
import type { AlertingCollections } from './ports.ts';

/** Stores what a poll suppressed. */
export const commitSuppressed = async (
  { documents, suppressions }: Pick<AlertingCollections, 'documents' | 'suppressions'>,
  account: string,
  { messages, saved, forgotten }: SuppressedChanges,
  now: number,
): Promise<void> => {
  const counted = SuppressionsSince.safeParse(await documents.read(account, suppressionsDocument));
  // What the first poll finds was due before anybody counted.
  if (counted.success) await suppressions.note(messages);
  else await documents.write(account, suppressionsDocument, { since: now });
  await suppressions.forgetAlerts(forgotten);
  await suppressions.saveAlerts(saved.map(({ place, ...detail }) => ({ ...place, detail })));
};

/** By placeKey. One that cannot be read counts as none. */
export const loadSuppressed = async (
  { suppressions }: { readonly suppressions: Pick<Suppressions, 'alerts'> },
  account: string,
): Promise<ReadonlyMap<string, SuppressedAlert>> => {
  const alerts = new Map<string, SuppressedAlert>();
  await inSlices(await suppressions.alerts(account), ({ detail, ...place }) => {
    const { data } = SuppressedDetail.safeParse(detail);
    if (data !== undefined) alerts.set(placeKey(place), { place, ...data });
  });
  return alerts;
};
