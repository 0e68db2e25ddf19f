import type { WatchNamed } from '../core/told-alert.ts';
import { describeWatch, type WatchRule } from '../core/watch.ts';
import { plain, plainName } from './outside-text.ts';

/** `Poor or offline, Site Boise`; plain text. */
export const ruleText = (rule: WatchRule): string => plain(describeWatch(rule), 200);

/** Why this conversation hears of it; plain text. */
export const toldBy = (watch: WatchNamed | undefined): string =>
  watch === undefined
    ? 'told here by a watch that has ended'
    : `told here by watch ${watch.number} (${ruleText(watch.rule)}), made by ${plainName(watch.madeBy)}`;
