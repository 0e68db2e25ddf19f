import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { TestContext } from 'vitest';

/** Leaves a picture of the page in `output` when the test fails. */
export const pictureOnFailure = (
  page: Page,
  { onTestFailed, task }: Pick<TestContext, 'onTestFailed' | 'task'>,
): void =>
  onTestFailed(async () => {
    const path = fileURLToPath(new URL(`output/${task.name}.png`, import.meta.url));
    await page.screenshot({ path });
  });
