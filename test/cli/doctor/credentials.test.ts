import { expect, it } from 'vitest';
import { checkCredentials } from '../../../src/cli/doctor/credentials.ts';

const bot = { auth: 'required', appId: 'app-id', settings: {} } as const;

it.each([
  ['AADSTS7000215', /MicrosoftAppPassword/u],
  ['AADSTS7000222', /expired/u],
  ['AADSTS700016', /MicrosoftAppId/u],
  ['AADSTS90002', /MicrosoftAppTenantId/u],
  ['AADSTS700027', /certificate/u],
  ['AADSTS70021', /federated credential/u],
  ['no_managed_identity', /Azure/u],
  ['network_error', /login\.microsoftonline\.com/u],
])('says what to do about %s', async (code, mend) => {
  const [finding] = await checkCredentials({ bot, signIn: async () => code });
  expect(finding).toMatchObject({
    ok: false,
    reason: `no token was given (${code})`,
    mend: expect.stringMatching(mend),
  });
});

it('needs no token without token checks', async () => {
  const [finding] = await checkCredentials({
    bot: { auth: 'disabled' },
    signIn: async () => 'asked all the same',
  });
  expect(finding).toMatchObject({ ok: true, reason: expect.stringContaining('none is needed') });
});
