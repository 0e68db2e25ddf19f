import { Agent, createServer, request } from 'node:http';
import { json } from 'node:stream/consumers';

// The least that a turn can be: read the activity, post an answer to the connector, say 200.

const agent = new Agent({ keepAlive: true });

interface Heard {
  readonly id: string;
  readonly serviceUrl: string;
  readonly text: string;
  readonly conversation: { readonly id: string };
}

const answer = ({ id, serviceUrl, text, conversation }: Heard): Promise<void> =>
  new Promise((resolve, reject) => {
    const path = `v3/conversations/${encodeURIComponent(conversation.id)}/activities/${id}`;
    const headers = { 'content-type': 'application/json' };
    request(`${serviceUrl}${path}`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', resolve);
    })
      .on('error', reject)
      .end(JSON.stringify({ type: 'message', text: `Echo: ${text}` }));
  });

createServer(async (incoming, response) => {
  if (incoming.method === 'POST') await answer((await json(incoming)) as Heard);
  response.end();
}).listen(Number(process.env['PORT']), '127.0.0.1');
