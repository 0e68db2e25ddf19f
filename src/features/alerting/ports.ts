import type { Outbox } from '../../platform/outbox.ts';
import type { Documents } from '../../platform/store.ts';
import type { OwnChanges } from '../changes/store.ts';
import type { Verdicts } from '../diagnosis/store.ts';
import type { UsualScores } from '../history/ports.ts';
import type { UsualHours } from '../silence/ports.ts';
import type { Maintenance, Mutes, Suppressions } from '../silence/store.ts';
import type { Watches } from '../watches/store.ts';
import type { AlertStates, Alerts, Reminders } from './store.ts';

/** What a poll reads and writes for alerting, in one transaction. */
export interface AlertingCollections {
  readonly alertStates: AlertStates;
  readonly alerts: Alerts;
  readonly documents: Documents;
  readonly maintenance: Maintenance;
  readonly mutes: Mutes;
  readonly outbox: Outbox;
  readonly reminders: Reminders;
  readonly suppressions: Suppressions;
  readonly verdicts: Pick<Verdicts, 'answers'>;
  readonly watches: Watches;
}

/** Consequences of own changes raise no alert, so an evaluation must know them. */
export interface AlertingPorts {
  readonly ownChanges: OwnChanges;
  readonly usualHours: UsualHours;
  readonly usualScores: UsualScores;
}
