import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/features/diagnosis/domain/diagnosis.ts';
import type {
  CircleFacts,
  DiagnosisFacts,
} from '../../../../src/features/diagnosis/domain/facts.ts';
import type { Tally } from '../../../../src/features/diagnosis/domain/fleet-index.ts';
import type { Trait } from '../../../../src/features/diagnosis/domain/traits.ts';

const nobody: Tally = { well: 0, badly: 0 };
const well: Tally = { well: 19, badly: 1 };
const badly: Tally = { well: 1, badly: 9 };
const router = { name: 'Router', reach: 'well' } as const;
const badRouter = { name: 'Router', reach: 'badly' } as const;
const weak = { wifi: true, signalPercent: 38 };
const allBad = { well: 0, badly: 2 };

const facts = (known: Partial<DiagnosisFacts>): DiagnosisFacts => ({
  target: 'crm',
  otherTargets: nobody,
  tracing: nobody,
  besides: nobody,
  neighbours: nobody,
  circles: [],
  ...known,
});
const circle = (
  kind: Trait['kind'],
  inside: Tally,
  more: Partial<Omit<CircleFacts, 'trait'>> & {
    readonly value?: string;
    readonly name?: string;
  } = {},
): CircleFacts => ({
  trait: { kind, name: more.name ?? '', value: more.value ?? kind },
  inside,
  outside: more.outside ?? { well: 90, badly: 5 },
  near: more.near ?? { inside: nobody, outside: nobody },
});
const site = (inside: Tally, near: Tally = nobody) =>
  circle('field', inside, {
    name: 'Site',
    value: 'Boise',
    near: { inside: near, outside: { well: 80, badly: 1 } },
  });

describe('where it is likely broken', () => {
  it.each<[string, Partial<DiagnosisFacts>, string | undefined]>([
    ['no facts', {}, undefined],
    [
      'router and all behind it bad on a weak Wi-Fi',
      { near: badRouter, otherTargets: allBad, ...weak },
      'wifi',
    ],
    [
      'the same among noise',
      { near: badRouter, otherTargets: allBad, wifi: true, noisePercent: 80 },
      'wifi',
    ],
    [
      'the same, just switched to Wi-Fi',
      { near: badRouter, otherTargets: allBad, wifi: true, changed: 'to-wifi' },
      'wifi',
    ],
    [
      'the same on a good Wi-Fi',
      { near: badRouter, otherTargets: allBad, wifi: true, signalPercent: 90, neighbours: well },
      undefined,
    ],
    [
      'weak signal of an adapter that is not in use',
      { near: badRouter, otherTargets: allBad, wifi: false, signalPercent: 1 },
      undefined,
    ],
    [
      'router bad, all behind it fine',
      { near: badRouter, otherTargets: { well: 3, badly: 0 }, ...weak },
      undefined,
    ],
    [
      'router alone bad',
      { target: 'Router', near: badRouter, wifi: false, neighbours: well },
      undefined,
    ],
    [
      'router bad by cable, neighbours fine',
      { near: badRouter, otherTargets: allBad, wifi: false, neighbours: well },
      'machine',
    ],
    [
      'router bad by cable, nobody to compare',
      { near: badRouter, otherTargets: allBad, wifi: false },
      undefined,
    ],
    [
      'routers bad at the whole site',
      { near: badRouter, ...weak, circles: [site(badly, badly)] },
      'gateway',
    ],
    ['all bad at the site, routers fine', { near: router, circles: [site(badly, well)] }, 'line'],
    [
      'all bad at the site, routers bad for others there',
      { circles: [site(badly, badly)] },
      'gateway',
    ],
    ['all bad at the site, no routers measured', { circles: [site(badly)] }, 'site'],
    ['half of the site bad', { near: router, circles: [site({ well: 5, badly: 5 })] }, undefined],
    [
      'bad everywhere',
      { near: router, circles: [circle('gateway', badly, { outside: { well: 5, badly: 9 } })] },
      undefined,
    ],
    [
      'two at a site of a small fleet',
      { circles: [circle('gateway', { well: 0, badly: 2 }, { outside: { well: 3, badly: 1 } })] },
      undefined,
    ],
    ['bad for all who trace it, other targets fine', { tracing: badly, besides: well }, 'service'],
    ['the same on a weak Wi-Fi', { tracing: badly, besides: well, ...weak }, 'service'],
    ['bad for all who trace it, as everything is', { tracing: badly, besides: badly }, undefined],
    ['bad on a VPN', { near: router, vpn: true, circles: [circle('vpn', badly)] }, 'vpn'],
    [
      'bad at one concentrator, seen at its address',
      { near: router, vpn: true, circles: [circle('line', badly), circle('pool', badly)] },
      'vpn',
    ],
    ['bad at the provider', { near: router, circles: [circle('prefix', badly)] }, 'provider'],
    [
      'bad at the provider, all at the site',
      { near: router, circles: [site({ well: 0, badly: 20 }), circle('prefix', badly)] },
      'provider',
    ],
    [
      'bad with a version',
      {
        near: badRouter,
        circles: [
          circle('version', nobody, { near: { inside: badly, outside: { well: 80, badly: 1 } } }),
        ],
      },
      'version',
    ],
    ['bad with a platform', { near: router, circles: [circle('platform', badly)] }, 'platform'],
    ['fine for others, weak Wi-Fi, router not measured', { tracing: well, ...weak }, 'wifi'],
    [
      'fine for others, cable, neighbours fine, all bad',
      { tracing: well, wifi: false, neighbours: well, otherTargets: allBad },
      'machine',
    ],
    ['weak Wi-Fi but a good router', { near: router, tracing: well, ...weak }, undefined],
    [
      'all far targets bad at a home, router good',
      { near: router, tracing: well, otherTargets: allBad },
      'line',
    ],
    [
      'the same, its VPN just switched on',
      { near: router, tracing: well, otherTargets: allBad, changed: 'vpn-on', vpn: true },
      'vpn',
    ],
    [
      'all far targets bad, neighbours fine',
      { near: router, tracing: well, neighbours: well, otherTargets: allBad },
      undefined,
    ],
    [
      'only this target bad',
      { near: router, tracing: well, otherTargets: { well: 2, badly: 1 } },
      undefined,
    ],
  ])('%s', (_, known, likely) => {
    const diagnosis = diagnose(facts(known));
    expect(diagnosis.likely).toBe(likely);
    expect(diagnosis.because.length > 0).toBe(likely !== undefined);
  });
});

describe('an agent that is offline', () => {
  it.each<[string, Partial<DiagnosisFacts>, string | undefined, readonly string[]]>([
    [
      'with its site',
      { neighbours: badly, circles: [site(badly)] },
      'site',
      ['9 of 10 others at Boise went offline at the same time', 'of the rest 5 of 95'],
    ],
    [
      'alone at its site',
      { neighbours: well },
      'machine',
      ['19 others at the same place are online'],
    ],
    ['with some', { neighbours: { well: 5, badly: 5 } }, undefined, []],
    [
      'alone at home',
      { circles: [circle('prefix', well, { value: '203.0.113.*' })] },
      'alone',
      ['19 others at 203.0.113.* are online'],
    ],
    [
      'with its provider',
      { circles: [circle('prefix', badly, { value: '203.0.113.*' })] },
      'provider',
      ['9 of 10 others at 203.0.113.* went offline at the same time', 'of the rest 5 of 95'],
    ],
    ['with nobody to compare', {}, undefined, []],
  ])('%s', (_, known, likely, because) => {
    const { target: _crm, ...offline } = facts(known);
    expect(diagnose(offline)).toMatchObject(
      likely === undefined ? { because } : { likely, because },
    );
  });
});

describe('the facts that speak for it', () => {
  it.each<[Partial<DiagnosisFacts>, readonly string[]]>([
    [
      { near: badRouter, otherTargets: allBad, ...weak, noisePercent: 70, tracing: well },
      [
        'its Wi-Fi signal is 38 %',
        'the noise is 70 %',
        'Router is bad too',
        '19 other agents reach crm well',
      ],
    ],
    [
      { near: router, tracing: badly, besides: well },
      [
        'Router is fine',
        '10 of 11 agents that trace it reach it badly',
        'they reach 19 of 20 of their other targets well',
      ],
    ],
    [
      { near: router, circles: [site(badly, well)] },
      ['Router is fine', '9 of 10 others at Boise have it too', 'of the rest 5 of 95'],
    ],
    [
      { near: router, vpn: true, circles: [circle('vpn', badly)] },
      [
        'it is on the VPN',
        'Router is fine',
        '9 of 10 others on the VPN have it too',
        'of the rest 5 of 95',
      ],
    ],
    [
      { near: router, tracing: well, otherTargets: allBad },
      ['Router is fine', 'its other targets are bad too', '19 other agents reach crm well'],
    ],
    [
      { near: badRouter, ownRouter: true, wifi: false, neighbours: well, otherTargets: allBad },
      [
        'it is connected by cable',
        'crm behind it is bad too',
        '19 others at the same place are fine',
      ],
    ],
  ])('%j → %j', (known, because) => {
    expect(diagnose(facts(known)).because).toEqual(because);
  });
});
