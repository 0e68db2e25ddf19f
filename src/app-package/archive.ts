import { zipSync } from 'fflate';

/** The first moment that a ZIP can hold, by the local clock, which is what a ZIP holds. */
const anytime = new Date(1980, 0, 1);

/** The same files give the same bytes, whenever and wherever they are packed. */
export const archive = (files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))), {
    level: 9,
    mtime: anytime,
  });
