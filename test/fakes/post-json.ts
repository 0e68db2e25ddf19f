import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { errnoOf } from '../../src/platform/errors.ts';

const agent = new Agent({ keepAlive: true });

interface Posted {
  readonly status: number;
  readonly text: string;
}

const send = (
  url: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<Posted> =>
  new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
        ...headers,
      },
    });
    sent.on('error', (error) => {
      // A kept connection to a bot that was stopped and started again at its port.
      if (sent.reusedSocket && errnoOf(error) === 'ECONNRESET') resolve(send(url, body, headers));
      else reject(error);
    });
    sent.on('response', (response) => {
      text(response).then(
        (answered) => resolve({ status: response.statusCode ?? 0, text: answered }),
        reject,
      );
    });
    sent.end(body);
  });

/** Posts a text as if it were JSON. */
export const postText = (url: string, body: string): Promise<Posted> =>
  send(url, Buffer.from(body), {});

/** Posts JSON over HTTP as Teams does; `fetch` takes as long for it as the bot for half of its answer. */
export const postJson = (
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Posted> => send(url, Buffer.from(JSON.stringify(body)), headers);
