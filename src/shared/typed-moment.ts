import { DateTime, IANAZone } from 'luxon';

/** A moment as `parseTime` reads it: `2026-12-01 08:00`. In UTC where the zone is not known. */
export const typedMoment = (at: number, { timeZone }: { readonly timeZone: string }): string =>
  DateTime.fromMillis(at, {
    zone: IANAZone.isValidZone(timeZone) ? IANAZone.create(timeZone) : 'UTC',
  }).toFormat('yyyy-MM-dd HH:mm');
