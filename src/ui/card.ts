import type { Card } from '../platform/messenger.ts';
import { fillingOf } from './filling.ts';

/** What a template may bind: a missing key would stay as `${key}`, null would throw. */
export type Bindable = string | number | boolean | object;

/** A template, read once when it is first filled. */
export const template = (
  json: object,
): ((data: Readonly<Record<string, Bindable>>, summary: string) => Card) => {
  let fill: ReturnType<typeof fillingOf> | undefined;
  return (data, summary) => {
    fill ??= fillingOf(json);
    return { content: fill(data), summary };
  };
};
