import { parseCommand } from './chat/command-line.ts';
import { commandCalled } from './chat/define-command.ts';
import { handleAction } from './chat/handle-action.ts';
import { handleMessage } from './chat/handle-message.ts';
import { audit } from './chat/middleware/audit.ts';
import { authorize } from './chat/middleware/authorize.ts';
import { cardStays } from './chat/middleware/card-stays.ts';
import { dedupe } from './chat/middleware/dedupe.ts';
import { errorBoundary } from './chat/middleware/error-boundary.ts';
import { logTurns } from './chat/middleware/log.ts';
import { type Paces, rateLimit } from './chat/middleware/rate-limit.ts';
import { rememberConversation } from './chat/middleware/remember-conversation.ts';
import { createWithoutStore } from './chat/middleware/without-store.ts';
import type { PlainWords } from './chat/plain-words/ports.ts';
import { compose, route } from './chat/route.ts';
import type { Handler } from './chat/turn.ts';
import { atAccount, onOwnCards, requireAccount } from './features/accounts/at-account.ts';
import type { createAuditRecorder } from './features/audit/record.ts';
import { createFleetWords } from './features/fleet/fleet-words.ts';
import { lookUpAgents } from './features/fleet/look-up.ts';
import { searchAgents } from './features/fleet/search.ts';
import { type Ports as LinkPorts, unfurlLink } from './features/fleet/unfurl.ts';
import { plainSilenceWords } from './features/silence/plain-words.ts';
import { plainWatchWords } from './features/watches/plain-words.ts';
import { noticesWith } from './platform/notice.ts';
import { actions, commands, type FeaturePorts, notices } from './registry.ts';
import type { BotStore } from './store/open.ts';

interface Ports {
  readonly features: FeaturePorts & Pick<LinkPorts, 'liveShares' | 'webUrl'>;
  readonly store: BotStore;
  readonly recorder: ReturnType<typeof createAuditRecorder>;
  /** How much people may ask; the usual ones if left out. */
  readonly paces?: Paces | undefined;
  readonly onTurn: (kind: string, outcome: string, seconds: number) => void;
}

/** What came in, through the middleware, to the feature that answers it. */
export const createTurnHandler = ({ features, store, recorder, paces, onTurn }: Ports): Handler => {
  const { clock, log, roster, roles, accounts, accountFinder } = features;
  const words: PlainWords = {
    fleet: createFleetWords(features),
    ...plainSilenceWords(features),
    ...plainWatchWords(features),
  };
  const withoutStore = createWithoutStore(log);
  return compose(
    atAccount(accountFinder),
    logTurns({
      clock,
      log,
      names: {
        isCommand: (name) => commandCalled(commands, name) !== undefined,
        isVerb: (verb) => Object.hasOwn(actions, verb),
      },
      onTurn: ({ kind, outcome, seconds }) => onTurn(kind, outcome, seconds),
    }),
    errorBoundary({ clock, log, actions, commands }),
    rateLimit(clock, paces),
    rememberConversation({
      store,
      accounts,
      clock,
      lasts: noticesWith(notices, 'lasts'),
      withoutStore,
    }),
    dedupe({ store, clock, withoutStore, readsOnly }),
    onOwnCards,
    cardStays({ actions, log }),
    authorize({ roster, roles, log }),
    audit(recorder),
    requireAccount({ accounts, commands }),
  )(
    route({
      clock,
      commands,
      settings: features,
      message: handleMessage({ ...features, words }, commands),
      action: handleAction(features, actions),
      search: searchAgents(features),
      link: unfurlLink(features),
      messageAction: lookUpAgents(features),
    }),
  );
};

/** Of a text that was typed: whether it asks for something that changes nothing. */
const readsOnly = (text: string): boolean =>
  commandCalled(commands, parseCommand(text).name)?.reads === true;
