import { describe, expect, it } from 'vitest';
import {
  commonCauses,
  isPlace,
  type Suspect,
  sharesCause,
} from '../../../../src/features/diagnosis/domain/common-cause.ts';

const suspect = (
  id: string,
  fields: Readonly<Record<string, string>>,
  { gateway, targets = [] }: { gateway?: string; targets?: readonly string[] } = {},
): Suspect => ({
  agent: {
    id,
    customFields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    ...(gateway === undefined ? {} : { network: { gateway } }),
  },
  targets,
});
const many = (count: number, ...rest: [Readonly<Record<string, string>>, object?]) =>
  Array.from({ length: count }, (_, at) => suspect(`${at}`, ...rest));

describe('what the members of a group share', () => {
  it('is their site, their gateway and their target', () => {
    const members = many(
      14,
      { Country: 'US', Site: 'Boise' },
      { gateway: '10.4.0.1', targets: ['crm'] },
    );
    const others = [
      ...many(1, { Country: 'US', Site: 'Boise' }, { gateway: '10.4.0.1', targets: ['crm'] }),
      ...many(9, { Country: 'US', Site: 'Lima' }, { gateway: '10.5.0.1', targets: ['crm'] }),
    ];
    expect(commonCauses(members, others)).toEqual([
      { kind: 'field', name: 'Site', value: 'Boise', members: 14, of: 15 },
      { kind: 'gateway', name: '', value: '10.4.0.1', members: 14, of: 15 },
    ]);
  });

  it('is the target that fails for those who have it', () => {
    const members = [
      suspect('a', { Site: 'Boise' }, { targets: ['crm'] }),
      suspect('b', { Site: 'Lima' }, { targets: ['CRM'] }),
    ];
    const others = many(9, { Site: 'Boise' }, { targets: ['web'] });
    expect(commonCauses(members, others)).toEqual([
      { kind: 'target', name: '', value: 'crm', members: 2, of: 2 },
    ]);
  });

  it('is nothing when too many of those who share it are well', () => {
    expect(commonCauses(many(4, { Site: 'Boise' }), many(2, { Site: 'Boise' }))).toEqual([]);
  });

  it('is what nearly all of at least three share, but not what too few do', () => {
    const apart = suspect('x', { Site: 'Lima' });
    const shared = { kind: 'field', name: 'Site', value: 'Boise', members: 4, of: 4 } as const;
    const members = [...many(4, { Site: 'Boise' }), apart];
    expect(commonCauses(members, [])).toEqual([shared]);
    expect(members.filter((one) => !sharesCause(shared, one))).toEqual([apart]);
    expect(commonCauses([...many(3, { Site: 'Boise' }), apart], [])).toEqual([]);
    expect(commonCauses([...many(2, { Site: 'Boise' }), apart], [])).toEqual([]);
  });

  it('is rather what all share than a place of most', () => {
    const gateway = '10.4.0.1';
    const members = [
      ...many(4, { Site: 'Boise' }, { gateway }),
      suspect('x', { Site: 'Lima' }, { gateway }),
    ];
    expect(commonCauses(members, []).map(({ kind }) => kind)).toEqual(['gateway', 'field']);
  });

  it('is no empty field', () => {
    expect(commonCauses(many(3, { Site: ' ' }), [])).toEqual([]);
  });

  it('is nothing for nobody', () => {
    expect(commonCauses([], many(3, { Site: 'Boise' }))).toEqual([]);
  });

  it('is a place before other fields, and the rarer field before the more frequent', () => {
    const members = many(5, { Country: 'US', Manager: 'Kim', Office: 'Boise' });
    const causes = commonCauses(members, many(1, { Country: 'US' }));
    expect(causes.map(({ name }) => name)).toEqual(['Office', 'Manager', 'Country']);
  });
});

it.each([
  ['field', 'Site', true],
  ['field', 'Manager', false],
  ['gateway', 'Site', false],
] as const)('a %s named %s is a place: %j', (kind, name, place) => {
  expect(isPlace({ kind, name, value: 'x' })).toBe(place);
});
