import { Document } from 'yaml';
import type { Place } from '../../platform/conversation.ts';
import { optional } from '../../shared/optional.ts';
import type { Entry } from './entries.ts';
import type { SettingsFile } from './file.ts';

type AccountPart = SettingsFile['accounts'][string];
type ConversationPart = NonNullable<AccountPart['conversations']>[string];

/** As YAML, with the line by which editors find the schema. */
export const settingsText = (
  accounts: ReadonlyMap<string, readonly Entry[]>,
  places: readonly Pick<Place, 'account' | 'conversationKey' | 'label'>[],
  schema: string,
): string => {
  const file: SettingsFile = {
    version: 1,
    accounts: Object.fromEntries(
      [...accounts].map(([account, entries]) => [
        account,
        accountPart(entries, labelsOf(account, places)),
      ]),
    ),
  };
  const document = new Document(file, { aliasDuplicateObjects: false });
  document.commentBefore = ` yaml-language-server: $schema=${schema}`;
  return document.toString({ lineWidth: 0 });
};

const labelsOf = (
  account: string,
  places: readonly Pick<Place, 'account' | 'conversationKey' | 'label'>[],
): ReadonlyMap<string, string> =>
  new Map(
    places.flatMap((place) =>
      place.account === account && place.label !== undefined
        ? [[place.conversationKey, place.label] as const]
        : [],
    ),
  );

const accountPart = (
  entries: readonly Entry[],
  labels: ReadonlyMap<string, string>,
): AccountPart => {
  const roles = entries.flatMap((one) =>
    one.kind === 'role'
      ? [{ tenant: one.tenant, person: one.person, name: one.name, role: one.role, by: one.by }]
      : [],
  );
  const hours = entries.flatMap((one) =>
    one.kind === 'hours' ? [{ agent: one.agent, hours: one.hours, by: one.by }] : [],
  );
  const keys = new Set(
    entries.flatMap((one) => ('conversationKey' in one ? [one.conversationKey] : [])),
  );
  return {
    roles,
    hours,
    conversations: Object.fromEntries(
      [...keys].sort().map((key) => {
        const here = entries.filter(
          (one) => 'conversationKey' in one && one.conversationKey === key,
        );
        return [key, conversationPart(here, labels.get(key))];
      }),
    ),
  };
};

const conversationPart = (
  entries: readonly Entry[],
  label: string | undefined,
): ConversationPart => {
  const watches = entries.flatMap((one) =>
    one.kind === 'watch' ? [{ rule: one.rule, by: one.by }] : [],
  );
  const schedules = entries.flatMap((one): NonNullable<ConversationPart['schedules']> => {
    if (one.kind !== 'schedule') return [];
    const { subject, times, by } = one;
    return 'agent' in subject
      ? [{ agent: subject.agent, name: subject.name, times, by }]
      : [{ where: subject.filter, times, by }];
  });
  const maintenance = entries.flatMap((one) =>
    one.kind === 'maintenance'
      ? [{ filter: one.filter, from: iso(one.from), until: iso(one.until), by: one.by }]
      : [],
  );
  const digest = entries.flatMap((one) =>
    one.kind === 'digest' ? [{ schedule: one.schedule, by: one.by }] : [],
  )[0];
  return {
    ...optional('label', label),
    ...(watches.length > 0 ? { watches } : {}),
    ...(schedules.length > 0 ? { schedules } : {}),
    ...(maintenance.length > 0 ? { maintenance } : {}),
    ...optional('digest', digest),
  };
};

const iso = (ms: number): string => new Date(ms).toISOString();
