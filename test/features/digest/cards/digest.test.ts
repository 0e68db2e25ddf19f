import { describe, expect, it } from 'vitest';
import { digestCard } from '../../../../src/features/digest/cards/digest.ts';
import { digestChart } from '../../../../src/features/digest/cards/digest-chart.ts';
import { aReader, hour, minute, now } from '../../../cards/a-fleet.ts';
import { nodesOf, shownTexts } from '../../../cards/nodes.ts';

const aTime = (session: string, poorMs: number, fairMs: number, measuredMs: number) => ({
  agent: 'agent-lax-12',
  session,
  poorMs,
  fairMs,
  measuredMs,
});

const quiet = {
  from: now - 24 * hour,
  to: now,
  worst: [],
  came: [],
  gone: [],
  neverConnected: [],
  longOffline: [],
  forgottenPauses: [],
  nothingChanged: false,
};

describe('the chart', () => {
  const name = ({ session }: { readonly session: string }): string => session;

  it.each([
    [
      'minutes',
      2 * hour,
      [
        ['Poor', 30],
        ['Fair', 6],
        ['Good', 84],
      ],
    ],
    [
      'hours',
      24 * hour,
      [
        ['Poor', 0.5],
        ['Fair', 0.1],
        ['Good', 23.4],
      ],
    ],
  ])('counts in %s', (unit, measuredMs, parts) => {
    const [chart] = digestChart([aTime('crm', 30 * minute, 6 * minute, measuredMs)], name);
    expect(chart?.bars[0]?.title).toBe(`crm, ${unit}`);
    expect(chart?.bars[0]?.data.map(({ legend, value }) => [legend, value])).toEqual(parts);
  });

  it('is said for those who cannot see it', () => {
    const worst = [aTime('crm', 30 * minute, 0, hour), aTime('git', 0, minute, hour)];
    expect(digestChart(worst, name)[0]?.said).toBe('crm: Poor 30 min; git: Fair 1 min');
  });

  it('is left out where all was good', () => {
    expect(digestChart([], name)).toEqual([]);
  });

  it('has four bars at most', () => {
    const worst = Array.from({ length: 9 }, (_, index) => aTime(`s${index}`, hour, 0, hour));
    expect(digestChart(worst, name)[0]?.bars).toHaveLength(4);
  });
});

describe('the lead', () => {
  const nobody = { names: new Map(), targets: new Map() };
  const gone = { id: 'a', name: 'OLD-1', online: false, missed: 2 };

  it.each([
    [quiet, 'Digest: All was good'],
    [{ ...quiet, nothingChanged: true }, 'Digest: Nothing changed · all was good'],
    [
      { ...quiet, nothingChanged: true, neverConnected: [gone] },
      'Digest: Nothing changed · still 1 never connected',
    ],
    [
      { ...quiet, worst: [aTime('crm', hour, 0, hour)], gone: [gone] },
      'Digest: 1 target not always Good · 1 gone',
    ],
  ])('%# tells the whole in a line', (digest, summary) => {
    expect(digestCard({ digest, ...nobody }, aReader()).summary).toBe(summary);
  });

  it('repeats no list when nothing changed', () => {
    const digest = { ...quiet, nothingChanged: true, neverConnected: [gone] };
    expect(shownTexts(digestCard({ digest, ...nobody }, aReader()).content)).not.toContain('OLD-1');
  });

  it('offers a way out only where it comes by itself', () => {
    const verbs = (schedule: { readonly schedule?: string }): readonly unknown[] =>
      nodesOf(digestCard({ digest: quiet, ...nobody, ...schedule }, aReader()).content).flatMap(
        ({ verb }) => verb ?? [],
      );
    expect(verbs({ schedule: 'daily at 08:00' })).toContain('digest.set');
    expect(verbs({})).not.toContain('digest.set');
  });
});
