import { bold, small } from '../../../ui/rich-text.ts';

/** What works is drawn subtle; `line` is plain text. */
export const row = (what: string, works: boolean, state: string, line: string) => ({
  what,
  name: [bold(what)],
  hasLine: line !== '',
  line: [small(line)],
  state,
  isSubtle: works,
});
