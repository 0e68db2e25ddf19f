import { type Device, device, wifi, wifiVpn, wired, wiredVpn } from './device.ts';
import {
  berlin,
  boise,
  denver,
  homeOffice,
  losAngeles,
  newYork,
  type Site,
  seattle,
  tokyo,
} from './sites.ts';

/** What stands where, as in a company of some size: desks, servers, kiosks, and laptops at home. */
export const devices: readonly (readonly [Site, readonly Device[]])[] = [
  [
    boise,
    [
      device('BOI-Desk-01', 'Windows', wired, 'Office', ['desktop', 'mail', 'router']),
      device('BOI-Desk-03', 'Windows', wired, 'Office', ['desktop', 'crm'], 'a target closed'),
      device('BOI-Desk-04', 'Windows', wired, 'Office', ['crm', 'mail'], 'first target paused'),
      device('BOI Reception', 'Windows', wired, 'Front desk', ['crm', 'voice']),
      device('BOI-Conf-2', 'Windows', wifi(81), 'Office', ['meet', 'router']),
      device('BOI-Server-01', 'Linux', wired, 'Server', ['git', 'mail', 'crm', 'router']),
    ],
  ],
  [
    losAngeles,
    [
      device('LAX-07', 'Windows', wired, 'Call centre', ['voice', 'crm', 'router']),
      device('LAX-09', 'Windows', wifi(47), 'Call centre', ['voice', 'crm'], 'fair'),
      device('LAX-12', 'Windows', wifi(38), 'Call centre', ['voice', 'crm', 'router'], 'poor'),
      device('LAX-14', 'Windows', wifi(52), 'Call centre', ['voice', 'crm'], 'fair'),
      device('LAX-15', 'Windows', wired, 'Call centre', ['voice', 'crm']),
      device('LAX-Studio', 'macOS', wired, 'Office', ['meet', 'git']),
      device('LAX-Lobby-Kiosk', 'Linux', wifi(74), 'Front desk', ['crm']),
    ],
  ],
  [
    newYork,
    [
      device('NYC Front Desk', 'Windows', wired, 'Front desk', ['crm', 'voice']),
      device('NYC-101', 'Windows', wired, 'Sales', ['meet', 'crm', 'mail']),
      device('NYC-102', 'Windows', wired, 'Sales', ['meet', 'crm']),
      device('NYC-103', 'Windows', wifi(77), 'Sales', ['meet', 'crm', 'router']),
      device('NYC-Trading-1', 'Linux', wired, 'Server', ['git', 'vpn']),
      device('NYC Mail Room', 'Windows', wifi(66), 'Front desk', ['mail'], 'all targets paused'),
    ],
  ],
  [
    denver,
    [
      device('DEN-01', 'Windows', wired, 'Office', ['desktop', 'mail', 'vpn']),
      device('DEN-02', 'Windows', wired, 'Office', ['desktop', 'mail']),
      device('DEN-Warehouse', 'Windows', wifi(61), 'Office', ['crm'], { offlineForMinutes: 42 }),
      device('DEN-Kiosk', 'Linux', wired, 'Front desk', ['crm'], 'never connected'),
    ],
  ],
  [
    seattle,
    [
      device('SEA-21', 'macOS', wifi(84), 'Office', ['git', 'meet']),
      device('SEA-22', 'macOS', wifi(79), 'Office', ['git', 'meet', 'router']),
      device('SEA-23', 'Linux', wired, 'Office', ['git', 'vpn'], 'not measured yet'),
      device('SEA-Lab', 'Linux', wired, 'Server', ['git', 'router']),
    ],
  ],
  [
    berlin,
    [
      device('BER-Office', 'Windows', wired, 'Office', ['desktop', 'mail', 'vpn'], 'poor'),
      device('BER-Sales-1', 'Windows', wifi(70), 'Sales', ['meet', 'crm']),
      device('BER-Sales-2', 'macOS', wifi(73), 'Sales', ['meet', 'crm']),
      device('BER-Server-01', 'Linux', wired, 'Server', ['git'], { offlineForMinutes: 33_120 }),
    ],
  ],
  [
    tokyo,
    [
      device('TYO-Sales-1', 'Windows', wired, 'Sales', ['meet', 'crm']),
      device('TYO-Sales-2', 'Windows', wired, 'Sales', ['meet', 'mail']),
      device('TYO-Desk-05', 'Windows', wifi(69), 'Office', ['desktop'], 'not measured yet'),
      device('TYO-Server-01', 'Linux', wired, 'Server', ['git', 'router']),
    ],
  ],
  [
    homeOffice,
    [
      device("Ana's laptop", 'macOS', wifiVpn(88), 'Office', ['vpn', 'meet', 'crm', 'router']),
      device("Ben's MacBook", 'macOS', wifiVpn(31), 'Sales', ['meet', 'vpn', 'router'], 'poor'),
      device("Priya's laptop", 'Windows', wifiVpn(57), 'Office', ['desktop', 'vpn'], 'fair'),
      device("Tom's PC", 'Windows', wiredVpn, 'Call centre', ['voice'], { offlineForMinutes: 540 }),
      device('המחשב של נועה', 'Windows', wifi(72), 'Sales', ['meet', 'mail']),
      device("Kenji's laptop", 'Windows', wifi(75), 'Office', [], 'in the lobby'),
    ],
  ],
];
