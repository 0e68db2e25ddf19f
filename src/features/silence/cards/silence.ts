import type { AgentId } from '../../../platform/agent.ts';
import type { CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute, runCommand, showsTo } from '../../../ui/action.ts';
import { markdown, markdownName, plain, plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { Hidden } from '../ports.ts';
import { hiddenText } from './hidden-text.ts';

interface Muted {
  /** Absent = all agents. */
  readonly agent?: { readonly id: AgentId; readonly name: string };
}

/** A silence that a person set or ended in this conversation. Times are in ms since 1970. */
export type SilenceModel = { readonly by: string; readonly at: number } & (
  | ({ readonly what: 'muted'; readonly until: number; readonly hidden?: Hidden } & Muted)
  | ({
      readonly what: 'unmuted';
      /** The agents whose own mutes ended. */
      readonly names?: readonly string[];
    } & Muted)
  | {
      readonly what: 'maintenance';
      readonly filter: string;
      readonly from: number;
      readonly until: number;
      /** How many agents the filter matches now. Absent if the fleet is unknown. */
      readonly matching?: number;
      readonly hidden?: Hidden;
    }
  | { readonly what: 'maintenance-ended'; readonly filter: string }
);

export const silenceCard: CardView<SilenceModel> = (model, reader) => {
  const line = dots([
    model.what === 'unmuted' && model.agent === undefined && ownMutes(model.names),
    model.what === 'maintenance' &&
      model.matching !== undefined &&
      `${counted(model.matching, 'agent')} now`,
    `by ${plainName(model.by)} at ${clock(model.at, reader)}`,
  ]);
  return statement(
    {
      title: titleOf(model, reader, { name: markdownName, text: markdown }),
      line,
      sentence: sentenceOf(model, reader),
      actions: actions(model, reader),
    },
    dots([titleOf(model, reader, { name: plainName, text: plain }), line]),
  );
};

const sentenceOf = (model: SilenceModel, reader: Reader): string | undefined => {
  if (!('hidden' in model) || model.hidden === undefined) return undefined;
  return hiddenText(model.hidden, model.what === 'maintenance' ? model : undefined, reader);
};

const shownNames = 5;

const ownMutes = (names: readonly string[] = []): string => {
  const more = names.length - shownNames;
  const shown = names.slice(0, shownNames).map((name) => plainName(name, 40));
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
};

interface Writing {
  readonly name: (text: string, max: number) => string;
  readonly text: (text: string, max: number) => string;
}

const titleOf = (model: SilenceModel, reader: Reader, { name, text }: Writing): string => {
  switch (model.what) {
    case 'muted':
      return `${whose(model, name, 'is', 'are')} muted here until ${clock(model.until, reader)}`;
    case 'unmuted':
      return `${whose(model, name, 'is', 'are')} no longer muted here`;
    case 'maintenance':
      return `Maintenance of ${matched(model.filter, text)} from ${clock(model.from, reader)} to ${clock(model.until, reader)}`;
    case 'maintenance-ended':
      return `Maintenance of ${matched(model.filter, text)} has ended`;
    default:
      return model satisfies never;
  }
};

const whose = ({ agent }: Muted, name: Writing['name'], one: string, all: string): string =>
  agent === undefined ? `All agents ${all}` : `${name(agent.name, 60)} ${one}`;

const matched = (filter: string, text: Writing['text']): string => text(filter, 80) || 'all agents';

const actions = (model: SilenceModel, reader: Reader): readonly Action[] => {
  if (model.what === 'muted')
    return showsTo(reader, 'operator')
      ? [execute('Unmute', 'mute.end', { agent: model.agent?.id ?? '' })]
      : [];
  if (model.what === 'unmuted' && model.agent !== undefined)
    return [execute('Open', 'agent.show', { agent: model.agent.id })];
  return [runCommand('Watches', 'watches')];
};
