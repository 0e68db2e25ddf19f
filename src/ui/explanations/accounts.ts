import { asTyped } from '../../shared/text.ts';
import type { Explanations } from './explain.ts';

const mostNames = 10;

/** Which PingPlotter account a conversation sees. */
export const accounts = {
  'account.unchosen': ({ names }) =>
    `There are several PingPlotter accounts here, so say first which one this conversation is about: “use <account>”.${
      names.length === 0
        ? ''
        : ` They are ${names.slice(0, mostNames).join(', ')}${names.length > mostNames ? ' …' : ''}.`
    }`,
  'account.none-here': () =>
    'No PingPlotter account is set up for your tenant. Whoever runs the bot can add it to one.',
  'account.unknown': ({ typed, nearest }) =>
    `There is no account ${asTyped(typed)} here, so nothing was changed. ${
      nearest === undefined ? 'Type “accounts” to see them.' : `The nearest is “use ${nearest}”.`
    }`,
  'account.gone': () =>
    'This account is not there any more, so nothing was changed. Type “accounts” to see them.',
  'account.bound': ({ name }) =>
    `Whoever runs the bot has bound this conversation to ${name}, so nothing was changed.`,
  'account.other-card': () =>
    'This card is of another PingPlotter account than this conversation sees now: its buttons and numbers are unknown here. Nothing was done.',
} satisfies Partial<Explanations>;
