import type { Binding, Confirmations } from '../../chat/confirmation.ts';
import { personIdOf } from '../../chat/person.ts';
import type { Scope, Turn } from '../../chat/turn.ts';
import { optional } from '../../shared/optional.ts';
import type { Verb } from '../../ui/action.ts';
import type { WatchRule } from './domain/watch.ts';
import type { ShownPreview, WatchEditor, WatchPreviewer } from './ports.ts';

export interface PreviewPorts {
  readonly confirmations: Confirmations;
  readonly previewer: WatchPreviewer;
  readonly watching: WatchEditor;
}

/** What a press is about to save; `subject` = the watch or agent that its button names. */
export interface Wanted {
  readonly verb: Verb;
  readonly subject: string;
  readonly rule: WatchRule;
}

/** A form that was changed after its preview is another rule, whose preview nobody has seen. */
const bindingOf = (scope: Scope, { verb, subject, rule }: Wanted): Binding => ({
  tenantId: scope.address.tenantId,
  personId: personIdOf(scope),
  verb,
  subject: JSON.stringify([subject, rule]),
});

/** Whether this person saw the preview of just this, and now presses its button. */
export const wasShown = async (
  { confirmations }: Pick<PreviewPorts, 'confirmations'>,
  { scope }: Turn,
  wanted: Wanted,
  token: string | undefined,
): Promise<boolean> =>
  token !== undefined &&
  (await confirmations.redeem(token, bindingOf(scope, wanted))) === 'granted';

/** What is shown before a watch is saved. Throws 'bad-input' as saving it would. */
export const previewOf = async (
  { confirmations, previewer, watching }: PreviewPorts,
  { scope }: Turn,
  wanted: Wanted,
): Promise<ShownPreview> => {
  const rule = await watching.understand(scope, wanted.rule);
  const found = await previewer.preview(scope.account, rule, scope.timeZone);
  return {
    rule,
    ...optional('found', found),
    token: await confirmations.issue(bindingOf(scope, wanted)),
  };
};
