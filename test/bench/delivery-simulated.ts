import { sendInBulk } from '../delivery/bulk.ts';
import { violations } from '../delivery/violations.ts';

// Sends notifications on a simulated clock, and tells how long that took there, and how often Teams' limits were broken.

export interface Simulated {
  readonly tookMs: number;
  readonly violations: number;
}

const [url = '', notifications = '', conversations = ''] = process.argv.slice(2);
const { sent, tookMs } = await sendInBulk(url, {
  notifications: Number(notifications),
  conversations: Number(conversations),
});
const simulated: Simulated = { tookMs, violations: violations(sent).length };
process.send?.(simulated);
