import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Demo } from '../../src/cli/start-demo.ts';
import { type Chat, openChat } from './chat.ts';
import { startChromium } from './chromium.ts';
import { startQuietDemo } from './quiet-demo.ts';

interface Opened {
  readonly demo: Demo;
  readonly page: Page;
  readonly chat: Chat;
}

/** The quiet demo and its Playground in a browser, for all tests of a file; there once they have begun. */
export const openedChat = (): (() => Opened) => {
  let demo: Demo | undefined;
  let browser: Browser | undefined;
  let opened: Opened | undefined;
  beforeAll(async () => {
    demo = await startQuietDemo();
    browser = await startChromium();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    opened = { demo, page, chat: await openChat(page, demo.page) };
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });
  return () => {
    if (opened === undefined) throw new Error('the chat is opened before the tests');
    return opened;
  };
};
