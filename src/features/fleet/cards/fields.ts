import type { Card, CardView } from '../../../platform/messenger.ts';
import { runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { bold, counted, small, subtle } from '../../../ui/rich-text.ts';
import source from './fields.json' with { type: 'json' };

export interface FieldsModel {
  readonly names: readonly string[];
}

const fill = template(source);

const shownNames = 40;

export const fieldsCard: CardView<FieldsModel> = ({ names }): Card => {
  const more = names.length - shownNames;
  return fill(
    {
      about: [small(aboutText(names))],
      rows: [
        ...names.slice(0, shownNames).map((name) => ({
          inlines: [bold(plainName(name)), subtle(`  ${filterFor(plainName(name))}`)],
        })),
        ...(more > 0 ? [{ inlines: [small(`and ${more} more`)] }] : []),
      ],
      actions: [runCommand('Agents', 'agents')],
    },
    names.length === 0 ? 'No custom fields' : counted(names.length, 'custom field'),
  );
};

const aboutText = (names: readonly string[]): string =>
  names.length === 0
    ? 'PingPlotter has no custom fields yet.'
    : `${counted(names.length, 'field')} · for filters, as in agents field.Site:Boise`;

const filterFor = (name: string): string =>
  /[\s:]/u.test(name) ? `field."${name}":…` : `field.${name}:…`;
