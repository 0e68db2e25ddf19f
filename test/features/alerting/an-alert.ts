import { AlertDetail } from '../../../src/features/alerting/domain/alert-detail.ts';
import type { AlertDraft, StoredAlert } from '../../../src/features/alerting/store.ts';
import type { BotStore } from '../../../src/store/open.ts';
import { here } from '../../chat/talk.ts';
import { type OneProblem, oneProblem } from './one-problem.ts';

export const aDetail = (overrides: Partial<OneProblem> = {}) =>
  oneProblem(
    {
      about: 'quality',
      agentName: 'LAX-12',
      target: { name: 'voice' },
      state: 'open',
      since: Date.parse('2026-11-23T11:50:00Z'),
      at: Date.parse('2026-11-23T11:59:00Z'),
      shown: { word: 'poor', score: 40 },
      circumstances: [],
      ...overrides,
    },
    { watchId: 'watch-a', sessionId: 'voice-1' },
  );

/** The rows of a detail are problems by the alert's own watch. */
const watchedBy = ({ detail, watchId }: AlertDraft): unknown => {
  const { data } = AlertDetail.safeParse(detail);
  return data && { ...data, rows: data.rows.map((row) => ({ ...row, watchIds: [watchId] })) };
};

/** An open alert whose message was posted. */
export const openAlert = async (
  store: BotStore,
  overrides: Partial<AlertDraft> = {},
): Promise<StoredAlert> => {
  const draft: AlertDraft = {
    ...here,
    id: 'alert-a',
    watchId: 'watch-a',
    agentId: 'lax-12',
    sessionId: 'voice-1',
    openedAt: Date.parse('2026-11-23T11:51:00Z'),
    detail: aDetail(),
    ...overrides,
  };
  const [alert] = await store.alerts.open([{ ...draft, detail: watchedBy(draft) }]);
  if (alert === undefined) throw new Error('no alert was opened');
  await store.cardMessages.add(draft, draft.groupId ?? draft.id, `message-${draft.id}`, 1);
  return alert;
};
