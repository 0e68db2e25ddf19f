import { describeWatch, type WatchRule } from '../core/watch.ts';
import { plain, plainName } from './outside-text.ts';

/** A watch as cards name it. */
export interface WatchNamed {
  readonly id: string;
  /** What `unwatch` takes. */
  readonly number: number;
  readonly rule: WatchRule;
  /** The name of who made it. */
  readonly madeBy: string;
}

/** `Poor or offline, Site Boise`; plain text. */
export const ruleText = (rule: WatchRule): string => plain(describeWatch(rule), 200);

/** Why this conversation hears of it; plain text. */
export const toldBy = (watch: WatchNamed | undefined): string =>
  watch === undefined
    ? 'told here by a watch that has ended'
    : `told here by watch ${watch.number} (${ruleText(watch.rule)}), made by ${plainName(watch.madeBy)}`;
