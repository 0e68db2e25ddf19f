import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { onTestFinished } from 'vitest';

export interface FakeProxy {
  readonly url: string;
  /** What it was asked to connect to, as `host:port`. */
  readonly asked: readonly string[];
  readonly authorizations: readonly (string | undefined)[];
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

/** A proxy on loopback that connects whatever CONNECT names to one port here, or answers with a status. */
export const startProxy = async (
  options: { readonly to?: number; readonly status?: number } = {},
): Promise<FakeProxy> => {
  const { to = 0, status = 200 } = options;
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((_, response) => response.writeHead(400).end());
  server.on('connect', ({ url = '', headers }, socket, head) => {
    asked.push(url);
    authorizations.push(headers['proxy-authorization']);
    socket.on('error', () => {});
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    const upstream = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${portOf(server.address())}`, asked, authorizations };
};
