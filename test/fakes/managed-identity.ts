import { createServer } from 'node:http';

export interface FakeManagedIdentity {
  /** What App Service tells a program of the identity that it has. */
  readonly environment: Readonly<Record<string, string>>;
  /** The token that it gives. */
  readonly token: string;
  close(): Promise<void>;
}

/** The service of Azure that gives programs tokens without a password, on loopback. */
export const startManagedIdentity = async (): Promise<FakeManagedIdentity> => {
  const token = 'outgoing-token-never-to-be-seen-in-what-the-bot-says';
  const server = createServer((_request, response) => {
    const expires = Math.floor(Date.now() / 1000) + 86_400;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ access_token: token, expires_on: `${expires}`, token_type: 'Bearer' }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the identity has no port');
  return {
    environment: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${bound.port}/token`,
      IDENTITY_HEADER: 'identity-header-never-to-be-seen',
    },
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
