import type { Role } from '../shared/role.ts';

/** A refusal without facts of its own. */
type Plain = Readonly<Record<never, never>>;

/** Words that were typed and what they cannot be. */
interface Typed {
  readonly typed: string;
}

/**
 * Why something is refused, each with the facts that its sentence needs. The sentences for people stand in
 * ui/explanations, keyed by the same names.
 */
export interface Reasons {
  'command.too-long': { readonly most: number };
  'command.usage': Typed & { readonly usage: string };
  'command.several-lines': Typed;
  'command.words-behind': Typed & { readonly name: string; readonly usage: string };
  'command.many-targets': Typed;
  /** `nearest` with its braces. */
  'bulk.pattern': Typed & { readonly nearest: string | undefined };
  'bulk.rename-unclear': Typed;
  'bulk.count': { readonly count: number; readonly typed: string };
  'alert.nobody-ticked': Plain;
  'bulk.nobody-ticked': Plain;
  'bulk.nobody-there': Plain;
  'bulk.over': Plain;
  'bulk.runs': Plain;
  'bulk.unknown': Plain;
  'bulk.nothing-failed': Plain;
  'bulk.too-old': Plain;
  'help.no-such-command': { readonly name: string; readonly nearest: readonly string[] };
  'connection.not-yours': Plain;
  'card.not-ours': Plain;
  'card.used': Plain;
  'card.expired': Plain;
  'card.foreign': Plain;
  'card.unknown': Plain;
  'done.already': Plain;
  'done.not-shown': Plain;
  'too-many-at-once': Plain;
  'time.no-duration': Typed;
  'time.too-long': Plain;
  'time.not-after': { readonly from: string; readonly to: string };
  /** A duration in words. */
  'time.longer-than': { readonly most: string };
  'time.past': Typed;
  'time.too-far': Typed;
  'evidence.case-too-long': { readonly most: number };
  'filter.too-long': { readonly most: number };
  'filter.needs-number': Typed & { readonly key: string };
  'filter.needs-duration': Typed & { readonly key: string };
  'filter.no-such-state': Typed & {
    readonly nearest: string | undefined;
    readonly states: readonly string[];
  };
  /** `nearest` as it is typed, like `name:`. */
  'filter.unknown-key': Typed & {
    readonly key: string;
    readonly value: string;
    readonly nearest: string | undefined;
    readonly keys: readonly string[];
  };
  /** Of the fleet's fields. */
  'filter.no-such-field': Typed & {
    readonly nearest: string | undefined;
    readonly fields: readonly string[];
  };
  'saved-filter.no-name': Typed & { readonly most: number };
  'saved-filter.too-long': { readonly most: number };
  'saved-filter.too-many': { readonly most: number };
  'saved-filter.gone': Plain;
  'saved-filter.unknown': Typed & {
    readonly nearest?: string | undefined;
    readonly names: readonly string[];
  };
  'filter.needs-text': Typed;
  'filter.other-words': Typed;
  'role.too-low': {
    readonly what: string;
    readonly needs: Role;
    readonly role: Role;
    readonly guest: boolean;
  };
  'person.unknown': { readonly name: string };
  'person.nobody': { readonly usage: string };
  'person.one-at-a-time': Plain;
  'person.not-here': { readonly name: string };
  'person.guest': { readonly name: string };
  'person.by-mention': Typed;
  'grant.guest': Plain;
  'grant.none': Plain;
  'grant.by-configuration': Plain;
  'agent.name-missing': Plain;
  'agent.name-too-long': { readonly most: number };
  'agent.name-one-line': Typed;
  'agent.name-in-quotes': Typed;
  'agent.slash-unclear': Typed;
  'agent.target-gone': { readonly session: string; readonly agent: string };
  'create.target-without-address': { readonly place: number };
  /** In ms. */
  'create.interval': { readonly place: number; readonly least: number; readonly most: number };
  'pause.end-past': Plain;
  'resume.timed': Plain;
  'undo.nothing': Plain;
  'undo.too-late': Plain;
  'undo.of-somebody-else': { readonly name: string };
  'undo.renamed-since': Plain;
  'undo.pause-over': Plain;
  'not-confirmed.paused': Plain;
  'not-confirmed.resumed': Plain;
  'not-confirmed.renamed': Plain;
  'not-confirmed.name-taken-back': Plain;
  'not-confirmed.reconnected': Plain;
  'not-confirmed.deleted': Plain;
  'not-confirmed.created': { readonly what: 'agent' | 'template' };
  'watch.gone': Plain;
  'watch.matches-nobody': Typed;
  'watch.no-such-number': { readonly number: number };
  'watch.too-many': { readonly most: number };
  'watch.one-bound': Plain;
  'watch.one-after': Plain;
  'watch.one-remind': Plain;
  'watch.one-escalation': Plain;
  'watch.remind-unclear': Typed;
  'watch.escalate-unclear': Typed;
  'watch.escalate-halves': Plain;
  /** Of a reminder or an escalation. */
  'watch.care-span': Typed;
  'watch.bound-unclear': Plain;
  'watch.usual-unclear': { readonly typed: string };
  'watch.after-unclear': Plain;
  /** `what` it limits. */
  'watch.limit-unclear': Typed & { readonly what: 'latency' | 'loss' | 'jitter' };
  'watch.one-limit': { readonly what: 'latency' | 'loss' | 'jitter' };
  'watch.limit-too-wide': { readonly sessions: number; readonly most: number };
  'watch.no-trace-data': Plain;
  'watch.about-nothing': Plain;
  'watch.changes-alone': Typed;
  'watch.score-missing': Plain;
  'watch.out-of-place': Typed;
  'watch.quiet-hours': Plain;
  'watch.quiet-hours-empty': Plain;
  'alert.gone': Plain;
  'alert.no-such-number': { readonly number: number };
  'mute.unclear': Typed;
  /** Of the agent; absent = all. */
  'mute.none': { readonly name?: string };
  'hours.unclear': Typed;
  'hours.matches-nobody': Typed;
  'mute.of-all': Plain;
  'maintenance.unclear': Typed;
  'maintenance.none': Plain;
  'digest.unclear': Typed;
  'schedule.unclear': Typed & { readonly usage: string };
  'schedule.no-time': { readonly time: string };
  'schedule.of-all': Plain;
  'schedule.whole-agents': Typed;
  'schedule.matches-nobody': Typed;
  'schedule.too-many': { readonly most: number };
  'schedule.gone': Plain;
  'schedule.no-such-number': { readonly number: number };
  'schedule.window-past': Plain;
  'schedule.resumed-already': Plain;
  'schedule.everywhere-alone': Plain;
  'audit.no-such-agent': { readonly name: string };
  'account.unchosen': { readonly names: readonly string[] };
  'account.none-here': Plain;
  'account.unknown': Typed & { readonly nearest: string | undefined };
  'account.gone': Plain;
  'account.bound': { readonly name: string };
  'account.other-card': Plain;
}

export type ReasonName = keyof Reasons;

/** A reason with its facts. */
export interface Reason<R extends ReasonName = ReasonName> {
  readonly name: R;
  readonly facts: Reasons[R];
}

export const isReason = <R extends ReasonName>(reason: Reason, name: R): reason is Reason<R> =>
  reason.name === name;

type Notes = { readonly [R in ReasonName]?: string | ((facts: Reasons[R]) => string) };

/** What the audit log says of a refused press, in the words that its entries have had from the start. */
const notes: Notes = {
  'role.too-low': ({ what, needs }) => `${what} needs ${needs}`,
  'card.used': 'confirmation used',
  'card.expired': 'confirmation expired',
  'card.foreign': 'confirmation foreign',
  'card.unknown': 'confirmation unknown',
  'pause.end-past': 'the end of the pause is past',
  'agent.target-gone': ({ session, agent }) => `session ${session} is not on agent ${agent}`,
  'undo.nothing': 'undo',
  'undo.too-late': 'undo',
  'undo.of-somebody-else': 'undo',
  'undo.renamed-since': 'undo',
  'undo.pause-over': 'undo',
  'mute.none': 'not muted',
  'mute.of-all': 'muted with all others',
  'alert.gone': 'alert is gone',
  'watch.gone': 'watch is gone',
};

/** A few words for the log and the audit log; the reason's own name where there are none. */
export const noteOf = <R extends ReasonName>(name: R, facts: Reasons[R] | undefined): string => {
  const note: Notes[R] = notes[name];
  if (typeof note !== 'function') return note ?? name;
  return facts === undefined ? name : note(facts);
};
