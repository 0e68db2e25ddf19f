import { matches, parseFilter } from '../../src/features/fleet/domain/filter.ts';
import { aView } from '../features/fleet/an-agent.ts';
import { budgetTable } from './budget.ts';
import { timed } from './timed.ts';

// Filters over a fleet beside one pass over it that compares a single field.

const sites = ['Boise', 'Los Angeles', 'New York', 'Denver', 'Seattle', 'Berlin', 'Tokyo'];
const fleet = Array.from({ length: 50_000 }, (_, index) => {
  const site = sites[index % sites.length] ?? '';
  const score = index % 101;
  return aView({
    agent: {
      id: `agent-${index}`,
      name: `${site.slice(0, 3).toUpperCase()}-${index}`,
      machineName: `DESKTOP-${index}`,
      platform: 'Windows',
      customFields: [
        { name: 'Site', value: site },
        { name: 'Manager', value: `Manager ${index % 100}` },
      ],
    },
    statusWord: score < 60 ? 'poor' : 'good',
    score,
  });
});

const filters = ['field.Site:Boise', 'is:poor score<30', 'name:lax*', 'boise'];
const [floor = 0, ...took] = timed(
  [
    () => fleet.filter(({ agent }) => agent.platform === 'Linux'),
    ...filters.map((text) => () => fleet.filter(matches(parseFilter(text)))),
  ],
  1,
);

process.stdout.write(
  budgetTable(
    filters.map((text, index) => ({
      what: `filter \`${text}\` over 50,000 agents / one \`Array.filter\``,
      measured: (took[index] ?? Number.NaN) / floor,
      must: 15,
    })),
  ),
);
