import { AppError } from '../../src/platform/errors.ts';
import { explain } from '../../src/ui/explanations/explain.ts';

/** The code of what a call refuses, and the sentence that people read; nothing when it goes through. */
export const refusalOf = (
  call: () => unknown,
): { readonly code: string; readonly sentence: string } | undefined => {
  try {
    call();
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { reason } = error.detail;
    return { code: error.code, sentence: reason === undefined ? '' : explain(reason) };
  }
};
