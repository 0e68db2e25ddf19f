export interface Site {
  /** Value of the custom field Site. */
  readonly name: string;
  readonly area: string;
  readonly manager: string;
  readonly gateway: string;
  readonly publicAddress: string;
  /** Its agents share one line to the internet; at home each has its own. */
  readonly sharedLine: boolean;
}

export const boise: Site = {
  name: 'Boise',
  area: 'West',
  manager: 'Laura Finch',
  gateway: '10.4.0.1',
  publicAddress: '198.51.100.4',
  sharedLine: true,
};

export const losAngeles: Site = {
  name: 'Los Angeles',
  area: 'West',
  manager: 'Marco Diaz',
  gateway: '10.8.0.1',
  publicAddress: '198.51.100.8',
  sharedLine: true,
};

export const newYork: Site = {
  name: 'New York',
  area: 'East',
  manager: 'Denise Okafor',
  gateway: '10.12.0.1',
  publicAddress: '198.51.100.12',
  sharedLine: true,
};

export const denver: Site = {
  name: 'Denver',
  area: 'West',
  manager: 'Laura Finch',
  gateway: '10.16.0.1',
  publicAddress: '198.51.100.16',
  sharedLine: true,
};

export const seattle: Site = {
  name: 'Seattle',
  area: 'West',
  manager: 'Grace Lindqvist',
  gateway: '10.20.0.1',
  publicAddress: '198.51.100.20',
  sharedLine: true,
};

export const berlin: Site = {
  name: 'Berlin',
  area: 'Europe',
  manager: 'Jonas Weber',
  gateway: '10.24.0.1',
  publicAddress: '198.51.100.24',
  sharedLine: true,
};

export const tokyo: Site = {
  name: 'Tokyo',
  area: 'Asia',
  manager: 'Haruka Sato',
  gateway: '10.28.0.1',
  publicAddress: '198.51.100.28',
  sharedLine: true,
};

export const homeOffice: Site = {
  name: 'Home office',
  area: 'Remote',
  manager: 'Priya Raman',
  gateway: '192.168.1.1',
  publicAddress: '203.0.113.200',
  sharedLine: false,
};
