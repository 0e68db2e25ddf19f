import type { DiagnosisFacts } from './facts.ts';

/** A Wi-Fi whose signal is below this, or whose noise is above that, explains a problem by itself. */
const weakSignalPercent = 50;
const muchNoisePercent = 60;
export const isWeak = ({ signalPercent = 100 }: Pick<DiagnosisFacts, 'signalPercent'>): boolean =>
  signalPercent < weakSignalPercent;

export const isNoisy = ({ noisePercent = 0 }: Pick<DiagnosisFacts, 'noisePercent'>): boolean =>
  noisePercent > muchNoisePercent;

export const hasBadWifi = (facts: DiagnosisFacts): boolean =>
  facts.wifi === true && (isWeak(facts) || isNoisy(facts) || facts.changed === 'to-wifi');
