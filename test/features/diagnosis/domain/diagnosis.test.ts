import { describe, expect, it } from 'vitest';
import {
  type DiagnosisFacts,
  diagnose,
  type Tally,
} from '../../../../src/features/diagnosis/domain/diagnosis.ts';

const nobody: Tally = { well: 0, badly: 0 };
const well: Tally = { well: 9, badly: 1 };
const badly: Tally = { well: 1, badly: 9 };
const mixed: Tally = { well: 5, badly: 5 };
const gateway = { name: 'Router', reach: 'well' } as const;
const badGateway = { name: 'Router', reach: 'badly' } as const;
const facts = (known: Partial<DiagnosisFacts>): DiagnosisFacts => ({
  target: 'crm',
  otherTargets: nobody,
  neighbours: nobody,
  elsewhere: nobody,
  withoutVpn: nobody,
  ...known,
});
const weak = { wifi: true, signalPercent: 38 };
const bad = { well: 0, badly: 2 };

describe('where it is likely broken', () => {
  it.each<[string, Partial<DiagnosisFacts>, string | undefined]>([
    ['no facts', {}, undefined],
    ['gateway bad on a weak Wi-Fi', { near: badGateway, ...weak }, 'wifi'],
    [
      'gateway bad on Wi-Fi, others fine',
      { near: badGateway, wifi: true, elsewhere: well },
      'wifi',
    ],
    ['gateway bad on Wi-Fi, others not known', { near: badGateway, wifi: true }, undefined],
    [
      'gateway bad by cable, neighbours fine',
      { near: badGateway, wifi: false, neighbours: well },
      'machine',
    ],
    ['gateway bad by cable, neighbours not known', { near: badGateway, wifi: false }, undefined],
    [
      'gateway bad, line not known, neighbours fine',
      { near: badGateway, neighbours: well },
      undefined,
    ],
    [
      'gateway bad for the neighbours too',
      { near: badGateway, ...weak, neighbours: badly },
      'site',
    ],
    ['bad for everybody', { elsewhere: badly, near: gateway }, 'service'],
    ['bad for everybody on a weak Wi-Fi', { elsewhere: badly, ...weak }, 'service'],
    ['bad elsewhere, fine for the neighbours', { elsewhere: badly, neighbours: well }, undefined],
    ['bad for the neighbours, fine elsewhere', { neighbours: badly, elsewhere: well }, 'site'],
    [
      'bad for the neighbours, unclear elsewhere',
      { neighbours: badly, elsewhere: mixed },
      undefined,
    ],
    ['fine for others, weak Wi-Fi, gateway not measured', { elsewhere: well, ...weak }, 'wifi'],
    [
      'fine for others, strong Wi-Fi',
      { elsewhere: well, wifi: true, signalPercent: 90 },
      undefined,
    ],
    ['fine for others, Wi-Fi of unknown strength', { elsewhere: well, wifi: true }, undefined],
    [
      'weak signal of an adapter that is not in use',
      { elsewhere: well, wifi: false, signalPercent: 1 },
      undefined,
    ],
    ['weak Wi-Fi but a good gateway', { near: gateway, elsewhere: well, ...weak }, undefined],
    [
      'on a VPN, others without it fine',
      { near: gateway, vpn: true, elsewhere: well, withoutVpn: well },
      'vpn',
    ],
    ['on a VPN, nobody to compare', { near: gateway, vpn: true, elsewhere: well }, undefined],
    [
      'all far targets bad, gateway good',
      { near: gateway, elsewhere: well, otherTargets: bad },
      'site',
    ],
    [
      'all far targets bad, neighbours fine',
      { near: gateway, neighbours: well, otherTargets: bad },
      'machine',
    ],
    [
      'only this target bad',
      { near: gateway, elsewhere: well, otherTargets: { well: 1, badly: 1 } },
      undefined,
    ],
    ['only two others', { elsewhere: { well: 0, badly: 2 } }, undefined],
  ])('%s', (_, known, likely) => {
    const diagnosis = diagnose(facts(known));
    expect(diagnosis.likely).toBe(likely);
    expect(diagnosis.because.length > 0).toBe(likely !== undefined);
  });
});

describe('an agent that is offline', () => {
  it.each<[string, Partial<DiagnosisFacts>, string | undefined, readonly string[]]>([
    [
      'with its neighbours',
      { neighbours: badly },
      'site',
      ['9 of 10 other agents behind the same gateway are offline too'],
    ],
    [
      'alone',
      { neighbours: well },
      'machine',
      ['9 other agents behind the same gateway are online'],
    ],
    ['with some', { neighbours: mixed }, undefined, []],
  ])('%s', (_, known, likely, because) => {
    const { target: _crm, ...offline } = facts(known);
    expect(diagnose(offline)).toEqual(likely === undefined ? { because } : { likely, because });
  });
});

describe('the facts that speak for it', () => {
  it.each<[Partial<DiagnosisFacts>, readonly string[]]>([
    [
      { near: badGateway, ...weak, elsewhere: well },
      ['its Wi-Fi signal is 38 %', 'Router is bad too', '9 other agents reach crm well'],
    ],
    [{ near: badGateway, ...weak }, ['its Wi-Fi signal is 38 %', 'Router is bad too']],
    [
      { near: gateway, elsewhere: badly },
      ['Router is fine', '9 of 10 other agents reach crm badly too'],
    ],
    [
      { neighbours: badly, elsewhere: well },
      [
        '9 of 10 other agents behind the same gateway reach crm badly too',
        '9 agents elsewhere reach crm well',
      ],
    ],
    [
      { near: gateway, vpn: true, elsewhere: well, withoutVpn: well },
      ['it is on a VPN', 'Router is fine', '9 other agents reach crm well'],
    ],
    [
      { near: gateway, elsewhere: well, otherTargets: bad },
      ['Router is fine', 'its other targets are bad too', '9 agents elsewhere reach crm well'],
    ],
  ])('%j → %j', (known, because) => {
    expect(diagnose(facts(known)).because).toEqual(because);
  });
});
