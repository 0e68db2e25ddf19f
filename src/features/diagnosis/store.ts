/** What one person says about the cause that one alert named. */
export interface Verdict {
  readonly account: string;
  /** Of the alert, or of the group. */
  readonly alertId: string;
  readonly personId: string;
  /** The rule that named the cause. */
  readonly rule: string;
  readonly isRight: boolean;
  /** ms since 1970 */
  readonly at: number;
}

/** How often people called a rule right. */
export interface RuleAnswers {
  readonly rule: string;
  readonly right: number;
  readonly answers: number;
}

export interface Verdicts {
  /** One for each person and alert: a later one takes the place of the one before. */
  give(verdict: Verdict): Promise<void>;
  /** By rule, of what was said since then. */
  answers(account: string, since: number): Promise<readonly RuleAnswers[]>;
}
