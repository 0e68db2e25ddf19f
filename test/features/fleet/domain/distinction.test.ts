import { describe, expect, it } from 'vitest';
import { distinguished, fullName } from '../../../../src/features/fleet/domain/distinction.ts';
import { anAgent } from '../an-agent.ts';

const shown = (...agents: readonly Parameters<typeof anAgent>[0][]) =>
  distinguished(agents.map((agent, at) => anAgent({ id: `id-${at}`, ...agent }))).map((agent) =>
    fullName(agent),
  );

describe('C5: agents of one name', () => {
  it('are told apart by their machines', () => {
    expect(
      shown(
        { name: 'Front Desk', machineName: 'MAC-7' },
        { name: 'front  desk', machineName: 'MAC-8' },
        { name: 'LAX-12', machineName: 'PC-1' },
      ),
    ).toEqual(['Front Desk (MAC-7)', 'front  desk (MAC-8)', 'LAX-12']);
  });

  it('else by their addresses, else by their ids', () => {
    expect(
      shown(
        { name: 'Kiosk', machineName: 'K', address: '10.0.0.1' },
        { name: 'Kiosk', machineName: 'k', address: '10.0.0.2' },
        { name: 'Kiosk', id: 'abcdefghij' },
        { name: 'Kiosk', id: 'same-beginning-1' },
        { name: 'Kiosk', id: 'same-beginning-2' },
      ),
    ).toEqual([
      'Kiosk (10.0.0.1)',
      'Kiosk (10.0.0.2)',
      'Kiosk (abcdefgh)',
      'Kiosk (same-beginning-1)',
      'Kiosk (same-beginning-2)',
    ]);
  });

  it('are known from others that were read before; the newer word of an agent counts', () => {
    const others = [
      anAgent({ id: 'a', name: 'Old', machineName: 'A' }),
      anAgent({ id: 'b', name: 'X' }),
    ];
    expect(
      distinguished([anAgent({ id: 'a', name: 'X', machineName: 'A' })], others).map(
        ({ distinction }) => distinction,
      ),
    ).toEqual(['A']);
    expect(
      distinguished([anAgent({ id: 'a', name: 'Y' })], others)[0]?.distinction,
    ).toBeUndefined();
  });

  it('stay apart where a long name is cut', () => {
    const agent = { name: 'x'.repeat(200), distinction: 'MAC-7' };
    expect(fullName(agent, 40)).toMatch(/^x+… \(MAC-7\)$/u);
    expect([...fullName(agent, 40)]).toHaveLength(40);
  });
});
