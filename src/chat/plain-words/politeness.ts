/** What people say round what they want, from the beginning of a sentence; each may come behind another. */
const before = new RegExp(
  `^(?:${[
    'please',
    'kindly',
    '(?:hi|hello|hey|good morning|hallo)(?: there| bot| team| all)?',
    '(?:ok|okay|so|well|and|then|also|now|just|maybe|bot|pingplotter|got it|sorry|quick question)(?= )',
    '(?:can|could|would|will|may|might|shall|should) (?:you|i|we|someone|somebody)(?: please)?',
    'would you mind',
    '(?:i|we) (?:want|need|have|wish|like)(?: you)? to',
    '(?:i|we) would (?:like|love)(?: you)? to',
    '(?:i|we) (?:will|would|shall)',
    '(?:i|we) (?:need|want)(?= )',
    '(?:i|we) am going to',
    'let us',
    'do you know',
    'any idea',
    '[,;]',
  ].join('|')})(?: |$)`,
  'u',
);

const behind =
  /(?:^| )(?:please|thanks|thank you|thx|ty|cheers|for (?:me|us)|if you can|asap|now|right now|right away|immediately|at the moment|today|tonight|again|mate|bot|[,;])$/u;

/** Longer rows of politeness are nobody's. */
const most = 12;

/** The sentence without politeness before and behind it. */
export const withoutPoliteness = (text: string): string => {
  let left = text;
  for (let round = 0; round < most; round += 1) {
    const next = left.replace(before, '').replace(behind, '').trim();
    // What is nothing but politeness stays as it is.
    if (next === left || next === '') return left;
    left = next;
  }
  return left;
};
