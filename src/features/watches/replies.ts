import { changeReply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { AuditedChange } from '../../platform/errors.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import { statement } from '../../ui/plain-cards.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import { countMatching } from '../fleet/domain/understand-filter.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { SilencesHere } from '../silence/ports.ts';
import { type WatchFormModel, watchFormCard } from './cards/watch-form.ts';
import { ruleText, watchEndedCard } from './cards/watch-line.ts';
import { watchMadeCard } from './cards/watch-made.ts';
import { watchesCard } from './cards/watches.ts';
import { nameWatch, type Watch } from './domain/watch.ts';
import type { WatchEditor, WatchPreviewer } from './ports.ts';
import { type SuppressedPorts, suppressedLately } from './suppressed.ts';

interface Ports {
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly previewer: WatchPreviewer;
  readonly silences: SilencesHere;
  readonly watching: WatchEditor;
}

export const watchEnded = (
  { clock }: Pick<Ports, 'clock'>,
  { scope }: Turn,
  watch: Watch,
): Promise<Reply> => {
  const reader = readerOf(scope, clock);
  const { number, rule } = nameWatch(watch);
  const ended = { watch: { number, rule }, by: scope.person.name, at: reader.now };
  return changeReply(watchEnd(watch), () => watchEndedCard(ended, reader));
};

const watchEnd = ({ number, rule }: Watch): AuditedChange => ({
  before: ruleText(rule),
  after: 'ended',
  detail: `watch ${number}`,
});

/** On the list of watches it stays a list. */
export const endedInList = (
  ports: Parameters<typeof watchesHereCard>[0],
  turn: Turn,
  ended: Watch,
): Promise<Reply> => changeReply(watchEnd(ended), () => watchesHereCard(ports, turn, ended));

/** The audited change of a watch that was made or changed. */
export const watchChange = ({ number, rule }: Watch): AuditedChange => ({
  after: ruleText(rule),
  detail: `watch ${number}`,
});

export const watchMade = async (
  ports: Pick<Ports, 'clock' | 'previewer'>,
  { scope }: Turn,
  watch: Watch,
  changed: boolean,
): Promise<Card> => {
  const preview = await ports.previewer.preview(scope.account, watch.rule, scope.timeZone);
  if (preview === undefined) return withoutPreview(watch);
  const model = { watch: nameWatch(watch), changed, ...preview };
  return watchMadeCard(model, readerOf(scope, ports.clock));
};

/** The watch exists even if PingPlotter does not answer now. */
const withoutPreview = ({ number, rule }: Watch): Card => {
  const title = `Watch ${number} is set`;
  const sentence =
    'The agents cannot be read just now, so nobody can tell how many it is about. It begins with the next sweep that can.';
  return statement({ title, line: ruleText(rule), sentence, actions: [] }, `${title}. ${sentence}`);
};

export const watchesHereCard = async (
  ports: Pick<Ports, 'clock' | 'fleets' | 'silences' | 'watching'> & SuppressedPorts,
  { scope }: Turn,
  ended?: Watch,
): Promise<Card> => {
  const [watches, mutes, maintenance, fleet, lately] = await Promise.all([
    ports.watching.list(scope),
    ports.silences.mutes(scope),
    ports.silences.maintenance(scope),
    ports.fleets.readIfAny(scope.account),
    suppressedLately(ports, scope),
  ]);
  const matching = new Map<string, number>();
  if (fleet !== undefined)
    for (const { id, rule } of watches) matching.set(id, await countMatching(fleet, rule.filter));
  const names = new Map(fleet?.agents.map(({ agent }) => [agent.id, fullName(agent)]));
  return watchesCard(
    {
      watches: watches.map((watch) => ({
        ...nameWatch(watch),
        ...optional('matching', matching.get(watch.id)),
      })),
      mutes: mutes.map(({ agentId, until }) => ({
        agentId,
        agentName: names.get(agentId) ?? agentId,
        until,
      })),
      maintenance: maintenance.map(({ filter, from, until, by }) => ({
        filter,
        from,
        until,
        by: by.name,
      })),
      ...optional('lately', lately),
      ...optional('ended', ended && nameWatch(ended)),
    },
    readerOf(scope, ports.clock),
  );
};

/** Without a watch it is the form for a new one. */
export const watchForm = (
  ports: Pick<Ports, 'clock'>,
  { scope }: Turn,
  watch?: Watch,
  filledIn: Omit<WatchFormModel, 'watch'> = {},
): Card =>
  watchFormCard(
    { ...optional('watch', watch && nameWatch(watch)), ...filledIn },
    readerOf(scope, ports.clock),
  );
