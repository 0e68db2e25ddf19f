import type { StatusWord } from '../../../platform/agent.ts';

/** What to say to somebody who knows nothing of networks. */
export interface Advice {
  /** Where it probably comes from, as the end of a sentence. */
  readonly place?: string;
  readonly steps: readonly string[];
}

const lastStep = 'If it stays like this, send this card to your help desk.';

const byCause: ReadonlyMap<string, Advice> = new Map([
  [
    'wifi',
    {
      place: 'your Wi-Fi',
      steps: [
        'Go closer to the box that your Wi-Fi comes from, without a wall in between.',
        'If you can, use a cable instead of Wi-Fi.',
        'Turn Wi-Fi off on this computer and on again.',
        'Ask others at your place to pause videos and downloads during your call.',
      ],
    },
  ],
  [
    'machine',
    {
      place: 'your computer',
      steps: [
        'Close what downloads, uploads or backs up in the background.',
        'Restart the computer.',
        'If it has a network cable, unplug it and plug it in again.',
        lastStep,
      ],
    },
  ],
  [
    'vpn',
    {
      place: 'the VPN, the protected connection to your company',
      steps: [
        'Disconnect the VPN and connect it again.',
        'If it offers several places to connect to, choose another one.',
        'If you may work without the VPN, try it without.',
        lastStep,
      ],
    },
  ],
  [
    'site',
    {
      place: 'the network where you are',
      steps: [
        'Tell your help desk: others where you are probably have it too.',
        'At home, unplug the box that your internet comes from for half a minute.',
        'For an urgent call use your phone, or your phone as a hotspot.',
        'Your computer is probably fine: you need not change anything on it.',
      ],
    },
  ],
  [
    'service',
    {
      place: 'what you connect to, not your side',
      steps: [
        'You need not do anything: others have it too.',
        'Leave your Wi-Fi and your computer as they are.',
        'For an urgent call use your phone.',
        'Press “Better now?” in a few minutes.',
      ],
    },
  ],
]);

const unknownCause: Advice = {
  steps: [
    'If you are on Wi-Fi, go closer to the box that it comes from, or use a cable.',
    'Close what downloads, uploads or backs up in the background.',
    'Restart your computer, and at home the box that your internet comes from.',
    lastStep,
  ],
};

const offline: Advice = {
  steps: [
    'See whether the computer is switched on and awake.',
    'See whether it has internet: open any page on it.',
    'Turn its Wi-Fi off and on again, or plug its cable in again.',
    lastStep,
  ],
};

/** To somebody who knows nothing of networks these are one place. */
const placesOf: ReadonlyMap<string, string> = new Map([
  ['gateway', 'site'],
  ['line', 'site'],
  ['provider', 'site'],
  ['version', 'machine'],
  ['platform', 'machine'],
]);

/** `likely` is the word of a diagnosis; one that is not known here counts as none. */
export const adviceFor = (statusWord: StatusWord, likely: string | undefined): Advice => {
  if (statusWord === 'offline') return offline;
  if (statusWord !== 'poor' && statusWord !== 'fair') return { steps: [] };
  return byCause.get(placesOf.get(likely ?? '') ?? likely ?? '') ?? unknownCause;
};
