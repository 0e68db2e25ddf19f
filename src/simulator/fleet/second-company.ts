import { type Device, device, wifi, wifiVpn, wired } from './device.ts';
import type { Site } from './sites.ts';

const leeds: Site = {
  name: 'Leeds',
  area: 'UK',
  manager: 'Grace Holt',
  gateway: '10.61.0.1',
  publicAddress: '203.0.113.61',
  sharedLine: true,
};

const porto: Site = {
  name: 'Porto',
  area: 'Iberia',
  manager: 'Rui Campos',
  gateway: '10.62.0.1',
  publicAddress: '203.0.113.62',
  sharedLine: true,
};

/** A smaller company, for a bot that looks after several. */
export const secondCompany: readonly (readonly [Site, readonly Device[]])[] = [
  [
    leeds,
    [
      device('LDS-Till-1', 'Windows', wired, 'Front desk', ['crm', 'mail'], 'poor'),
      device('LDS-Till-2', 'Windows', wired, 'Front desk', ['crm', 'mail']),
      device('LDS-Office', 'Windows', wifi(58), 'Office', ['desktop', 'mail'], 'fair'),
      device('LDS-Server', 'Linux', wired, 'Server', ['git', 'mail', 'router']),
    ],
  ],
  [
    porto,
    [
      device('POR-Till-1', 'Windows', wired, 'Front desk', ['crm', 'mail']),
      device('POR-Till-2', 'Windows', wired, 'Front desk', ['crm'], { offlineForMinutes: 95 }),
      device('POR-Office', 'macOS', wifiVpn(71), 'Sales', ['meet', 'crm']),
    ],
  ],
];
