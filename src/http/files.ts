import type { Request, Response } from 'restify';
import type { TextFile } from '../platform/files.ts';

/** More at once would only hold the memory of slow readers. */
const mostDownloads = 20;
/** A reader that takes nothing for so long is gone. */
const idleMs = 30_000;

const byteOrderMark = '\uFEFF';

/** Nobody in between may store the file, and no browser may take it for a page. */
const headersOf = ({ name }: TextFile): Readonly<Record<string, string>> => ({
  'Content-Type': 'text/csv; charset=utf-8',
  'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]/gu, '-')}"`,
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
});

/** Gives out the files that tokens lead to, not too many at once; the result is a status where it does not. */
export const createDownloads = (
  find: ((token: string) => Promise<TextFile | undefined>) | undefined,
): ((token: string, response: Response) => Promise<404 | 503 | undefined>) => {
  let underWay = 0;
  return async (token, response) => {
    if (find === undefined) return 404;
    if (underWay >= mostDownloads) return 503;
    underWay += 1;
    const leave = () => {
      underWay -= 1;
    };
    const file = await find(token).catch((error: unknown) => {
      leave();
      throw error;
    });
    if (file === undefined || response.destroyed) {
      leave();
      return 404;
    }
    response.once('close', leave);
    response.setTimeout(idleMs, () => response.destroy());
    // Without the mark Excel takes UTF-8 for an old code page.
    // As bytes: restify would count those of a text and make them once more.
    response.sendRaw(200, Buffer.from(`${byteOrderMark}${file.text}`), headersOf(file));
    return undefined;
  };
};

/** What of a request's path may stand in the log: the token of a file opens it. */
export const loggedPath = (request: Pick<Request, 'getPath'>): string => {
  const path = request.getPath();
  return /^\/+files\//iu.test(path) ? '/files/…' : path;
};
