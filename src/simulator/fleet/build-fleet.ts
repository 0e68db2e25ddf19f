import { type SimulatedAgent, simulatedAgent } from '../agent.ts';
import {
  type QualityDefinition,
  remoteDesktop,
  videoCall,
  voiceOverIp,
  webEmail,
} from '../quality-definition.ts';
import { type Random, randomId, wholeBetween } from '../random.ts';
import { buildSessions, named } from './build-sessions.ts';
import type { Device, Purpose } from './device.ts';
import { devices } from './devices.ts';
import { boise, losAngeles, type Site } from './sites.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const expectedFor: Readonly<Record<Purpose, QualityDefinition | undefined>> = {
  'Call centre': voiceOverIp,
  'Front desk': webEmail,
  Office: remoteDesktop,
  Sales: videoCall,
  Server: undefined,
};

type Devices = readonly (readonly [Site, readonly Device[]])[];

/** The demo's fleet, or that of another company: the same random numbers make the same agents. */
export const buildFleet = (
  random: Random,
  now: number,
  company: Devices = devices,
): readonly SimulatedAgent[] => {
  const laptop = template('Laptop standard', ['10.4.0.1 vpn', 'meet.example.com meet']);
  const seat = template('Call centre seat', ['voip.example.com voice', 'crm.example.com crm']);
  const templates = [laptop, seat].map((build) => build(random, now));
  const [laptopId = ''] = templates.map(({ id }) => id);
  const living = company.flatMap(([site, statusWord]) =>
    statusWord.map((device) => agentOf(device, site, site.sharedLine ? '' : laptopId, random, now)),
  );
  if (company !== devices) return [...living, ...templates];
  return [
    ...living,
    ...templates,
    removedAgent('BOI-Desk-02', boise, 12, random, now),
    removedAgent('LAX-03', losAngeles, 3, random, now),
  ];
};

const agentOf = (
  device: Device,
  site: Site,
  templateId: string,
  random: Random,
  now: number,
): SimulatedAgent => {
  const { name, platform, connection, purpose, targets, health } = device;
  const id = randomId(random);
  const never = health === 'never connected';
  const offlineMs = typeof health === 'object' ? health.offlineForMinutes * minuteMs : 0;
  const expected = expectedFor[purpose];
  return simulatedAgent({
    id,
    name,
    site: site.sharedLine ? site.name : '',
    online: !never && offlineMs === 0,
    lastMessageAt: never ? undefined : now - offlineMs,
    createdAt: now - (never ? 2 : wholeBetween(random, 40, 600)) * dayMs,
    configured: health !== 'in the lobby',
    autoApprove: health !== 'in the lobby',
    platform: never ? 'NotSpecified' : platform,
    machineName: never ? '' : machineName(platform, id),
    publicAddress: never ? '' : site.publicAddress,
    templateId,
    expected: expected && named(expected),
    customFields: [
      { name: 'Site', value: site.name },
      { name: 'Manager', value: site.manager },
      { name: 'Area', value: site.area },
      { name: 'Purpose', value: purpose },
    ],
    network: {
      wifi: connection.signalPercent !== undefined,
      vpn: connection.vpn,
      signalPercent: connection.signalPercent ?? 0,
      gateway: site.gateway,
      address: site.gateway.replace(/\d+$/, String(wholeBetween(random, 20, 250))),
    },
    sessions: buildSessions(device, site.gateway, random, now),
    plannedTargets: never ? targets.map((alias) => `${alias}.example.com ${alias}`) : [],
  });
};

/** As installers name machines: nobody can tell from it what the agent is called. */
const machineName = (platform: Device['platform'], id: string): string => {
  const tail = id.slice(0, 7).toUpperCase();
  if (platform === 'Windows') return `DESKTOP-${tail}`;
  return platform === 'macOS' ? `MacBook-Pro-${tail}.local` : `node-${tail.toLowerCase()}`;
};

const template =
  (name: string, plannedTargets: readonly string[]) =>
  (random: Random, now: number): SimulatedAgent =>
    simulatedAgent({
      id: randomId(random),
      name,
      template: true,
      online: false,
      createdAt: now - 400 * dayMs,
      platform: 'NotSpecified',
      machineName: '',
      publicAddress: '',
      network: { gateway: '', address: '' },
      plannedTargets,
    });

const removedAgent = (
  name: string,
  site: Site,
  daysAgo: number,
  random: Random,
  now: number,
): SimulatedAgent =>
  simulatedAgent({
    id: randomId(random),
    name,
    site: site.name,
    online: false,
    lastMessageAt: now - (daysAgo + 1) * dayMs,
    createdAt: now - 500 * dayMs,
    deletedAt: now - daysAgo * dayMs,
  });
