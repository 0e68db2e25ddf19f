import type { Logger } from '../../src/platform/log.ts';

const nothing = (): void => {};

export const silentLog: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
