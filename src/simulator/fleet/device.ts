import type { Alias } from './targets.ts';

export type Platform = 'Windows' | 'macOS' | 'Linux';

export type Purpose = 'Call centre' | 'Front desk' | 'Office' | 'Sales' | 'Server';

export interface Connection {
  /** 0–100; undefined = on a cable. */
  readonly signalPercent: number | undefined;
  readonly vpn: boolean;
}

/** How a device is when the simulator starts. A fair or poor one is so on its first target. */
export type Health =
  | 'good'
  | 'fair'
  | 'poor'
  | 'not measured yet'
  | 'never connected'
  | 'in the lobby'
  | 'first target paused'
  | 'all targets paused'
  | 'a target closed'
  | { readonly offlineForMinutes: number };

export interface Device {
  readonly name: string;
  readonly platform: Platform;
  readonly connection: Connection;
  readonly purpose: Purpose;
  readonly targets: readonly Alias[];
  readonly health: Health;
}

export const device = (
  name: string,
  platform: Platform,
  connection: Connection,
  purpose: Purpose,
  targets: readonly Alias[],
  health: Health = 'good',
): Device => ({ name, platform, connection, purpose, targets, health });

export const wired: Connection = { signalPercent: undefined, vpn: false };
export const wiredVpn: Connection = { signalPercent: undefined, vpn: true };
export const wifi = (signalPercent: number): Connection => ({ signalPercent, vpn: false });
export const wifiVpn = (signalPercent: number): Connection => ({ signalPercent, vpn: true });
