import { STATUS_CODES } from 'node:http';
import type { Response } from 'restify';

/** The reason phrase as one word: all that a caller is told about an error. */
const codeOf = (status: number): string =>
  (STATUS_CODES[status] ?? 'Internal Server Error').replace(/[^A-Za-z]/g, '');

export const sendJson = (
  response: Response,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.sendRaw(status, JSON.stringify(body), {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
};

export const sendError = (
  response: Response,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void => sendJson(response, status, { error: { code: codeOf(status) } }, headers);
