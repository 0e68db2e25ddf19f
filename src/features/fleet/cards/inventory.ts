import type { Agent } from '../../../platform/agent.ts';
import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { openRow, runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { counted, dots, opening, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { fullName } from '../domain/distinction.ts';
import { siteOf } from './agent-line.ts';
import source from './inventory.json' with { type: 'json' };

export interface InventoryModel {
  readonly what: 'templates' | 'deleted';
  /** This page's. */
  readonly agents: readonly Agent[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

const fill = template(source);

/** Agents without a status: templates, or those deleted. */
export const inventoryCard: CardView<InventoryModel> = (model, reader): Card => {
  const { what, agents, page, pages, total } = model;
  const more = total - agents.length;
  const things = counted(total, what === 'templates' ? 'template' : 'deleted agent');
  return fill(
    {
      title: what === 'templates' ? 'Templates' : 'Deleted agents',
      about: [small(total === 0 ? emptyTexts[what] : things)],
      rows: agents.map((agent) => row(agent, reader)),
      notes:
        more > 0 ? [{ inlines: [small(dots([`and ${more} more`, pageText(page, pages)]))] }] : [],
      actions: [runCommand('Agents', 'agents')],
    },
    total === 0 ? emptyTexts[what] : things,
  );
};

const emptyTexts: Readonly<Record<InventoryModel['what'], string>> = {
  templates: 'PingPlotter lists no templates.',
  deleted: 'PingPlotter lists no deleted agents.',
};

const pageText = (page: number, pages: number): string =>
  page > 1 ? `page ${page} of ${pages}` : '';

const row = (agent: Agent, reader: Reader) => {
  const { deletedAt, createdAt, notes = '' } = agent;
  const line = dots([
    deletedAt === undefined ? undefined : `deleted ${clock(deletedAt, reader)}`,
    createdAt === undefined ? undefined : `created ${clock(createdAt, reader)}`,
    siteOf(agent),
    plain(notes, 60),
  ]);
  return {
    open: openRow(fullName(agent, 40), line, { agent: agent.id }),
    name: [opening(plainName(fullName(agent)))],
    hasLine: line !== '',
    line: [small(line)],
  };
};
