import { createServer } from 'node:net';

const highestPort = 65_535;

/** The first port of the loopback interface, from this one on, on which nobody listens; 0 = any. */
export const freePort = async (from: number): Promise<number> => {
  const port = await tryListen(from);
  if (port !== undefined) return port;
  if (from >= highestPort) throw new Error('no port is free');
  return freePort(from + 1);
};

const tryListen = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const got = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(got));
    });
  });
