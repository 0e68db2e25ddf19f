import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLink, webLink } from '../../../../src/features/fleet/domain/web-link.ts';

const template = 'https://app.example.com:8443/agents/{agentId}?session={sessionId}';

describe('a link that is pasted', () => {
  it.each([
    ['https://share.pingplotter.cloud/abc', ['abc']],
    ['HTTPS://Acme.PingPlotter.Cloud/a/b%20c?x=d', ['a', 'b c', 'd']],
    ['https://share.pingplotter.cloud:443/abc', ['abc']],
    [' https://a.b.pingplotter.cloud/ ', []],
  ])('%s is a page of PingPlotter Cloud', (text, ids) => {
    expect(readLink(text, undefined)?.meaning).toEqual({ kind: 'live-share', ids });
  });

  it.each([
    'http://share.pingplotter.cloud/abc',
    'https://pingplotter.cloud/abc',
    'https://pingplotter.cloud.evil.com/abc',
    'https://share.pingplotter.cloud.evil.com/abc',
    'https://evilpingplotter.cloud/abc',
    'https://share.evilpingplotter.cloud/abc',
    'https://share.pingplotter.cloud@evil.com/abc',
    'https://user@share.pingplotter.cloud/abc',
    'https://evil.com:x@share.pingplotter.cloud/abc',
    'https://evil.com\\@share.pingplotter.cloud/abc',
    'https://evil.com\\.pingplotter.cloud/abc',
    'https://evil.com/.pingplotter.cloud',
    'https://evil.com?.pingplotter.cloud',
    'https://evil.com#.pingplotter.cloud',
    'https://share.pingplotter.cloud:8443/abc',
    'https://share.pingplotter.cloud./abc',
    'https://share.pingрlotter.cloud/abc',
    'https://xn--e1a.pingplotter.cloud/abc',
    'https://share。pingplotter.cloud/abc',
    'https://sha\tre.pingplotter.cloud/abc',
    'https://%2e.pingplotter.cloud/abc',
    'javascript:alert("https://share.pingplotter.cloud/")',
    '//share.pingplotter.cloud/abc',
    'share.pingplotter.cloud/abc',
    `https://share.pingplotter.cloud/${'a'.repeat(2000)}`,
    'https://app.example.com/agents/a1?session=',
    'https://app.example.com:8443/agents/?session=',
    'https://app.example.com:8443/agents/a/b?session=s',
    'https://app.example.com:8443/agents/%ff?session=',
    'https://evil.com/https://app.example.com:8443/agents/a1?session=',
    '',
  ])('%s is none of ours', (text) => {
    expect(readLink(text, template)).toBeUndefined();
  });

  it('is read as it was made, whatever the ids are and whatever follows it', () => {
    const id = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
    fc.assert(
      fc.property(id, fc.option(id), fc.constantFrom('', '&tab=2', '#top'), (agent, some, tail) => {
        // A step of a path is no id: the client asks for no such agent either.
        fc.pre(!/^\.{1,2}$/u.test(agent));
        const session = some ?? undefined;
        const link = `${webLink(template, agent, session)}${tail}`;
        expect(readLink(link, template)?.meaning).toEqual({
          kind: 'agent',
          agent,
          ...(session === undefined ? {} : { session }),
        });
      }),
    );
  });

  it('leads where it led, never elsewhere', () => {
    const pieces = fc.constantFrom(
      'https://',
      'share',
      '.',
      'pingplotter.cloud',
      'app.example.com',
      'evil.com',
      ':8443',
      '@',
      '/',
      '\\',
      '?',
      '#',
      'xn--',
      'agents',
      '%2f',
      'ｐ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), (parts) => {
        const read = readLink(`https://${parts.join('')}`, template);
        if (read === undefined) return;
        const { protocol, host } = new URL(read.url);
        expect(protocol).toBe('https:');
        expect(host).toMatch(/^(?:app\.example\.com:8443|[a-z0-9.-]+\.pingplotter\.cloud)$/u);
      }),
    );
  });
});
