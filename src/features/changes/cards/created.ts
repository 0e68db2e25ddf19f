import type { CreatedAgent } from '../../../platform/agent.ts';
import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { mayAct } from '../../../shared/role.ts';
import { execute, openUrl, runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { counted, dots, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import source from './created.json' with { type: 'json' };

export interface CreatedModel {
  readonly agent: CreatedAgent;
  /** How many targets it was given. */
  readonly targets: number;
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
}

const fill = template(source);

export const createdCard: CardView<CreatedModel> = ({ agent, targets, by, at }, reader): Card => {
  const line = dots([
    agent.template ? 'Template' : 'Agent',
    targets === 0 ? 'no targets yet' : counted(targets, 'target'),
    `by ${plainName(by)} at ${clock(at, reader)}`,
  ]);
  const link = installerLink(agent, reader);
  return fill(
    {
      name: markdownName(agent.name),
      line: [small(line)],
      next: nextText(agent, link !== undefined),
      actions: [
        ...(link === undefined ? [] : [openUrl('Download installer', link)]),
        execute('Show', 'agent.show', { agent: agent.id }),
        runCommand('Agents', 'agents'),
      ],
    },
    `${plainName(agent.name)} is created · ${line}`,
  );
};

const nextText = ({ template: isTemplate }: CreatedAgent, linked: boolean): string => {
  const devices = isTemplate ? 'each device' : 'the device';
  return linked
    ? `Run the installer on ${devices}. The link lets anyone install an agent: keep it to yourself.`
    : `The installer for ${devices} is in PingPlotter Cloud.`;
};

/** Everybody who has the link can install an agent, so only an admin sees it, and only in a personal chat. */
const installerLink = (
  { downloadUrl = '' }: CreatedAgent,
  { role, kind }: Reader,
): string | undefined =>
  kind === 'personal' && mayAct(role, 'admin') && isHttps(downloadUrl) ? downloadUrl : undefined;

const isHttps = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';
