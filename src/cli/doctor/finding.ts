export type CheckName =
  | 'Node.js'
  | 'settings'
  | 'database'
  | 'PingPlotter key'
  | 'bot credentials'
  | 'app manifest'
  | 'clock'
  | 'audit log';

export interface Finding {
  readonly check: CheckName;
  /** What of it was looked at. */
  readonly subject: string;
  readonly ok: boolean;
  /** What was seen. Holds no secret. */
  readonly reason: string;
  /** What to do. */
  readonly mend?: string;
}

export interface Report {
  good(subject: string, reason: string, mend?: string): Finding;
  bad(subject: string, reason: string, mend: string): Finding;
  /** It could not be looked at, for what it needs does not work. */
  notChecked(subject: string, why: string): Finding;
}

export const reportOn = (check: CheckName): Report => ({
  good: (subject, reason, mend) => ({
    check,
    subject,
    ok: true,
    reason,
    ...(mend === undefined ? {} : { mend }),
  }),
  bad: (subject, reason, mend) => ({ check, subject, ok: false, reason, mend }),
  notChecked: (subject, why) => ({ check, subject, ok: false, reason: `not checked: ${why}` }),
});
