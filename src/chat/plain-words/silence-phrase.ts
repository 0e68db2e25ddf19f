/** What people type who want to hear nothing more here. */
const whole = new RegExp(
  `^(?:${[
    '(?:just )?stop(?: (?:it|this|that|everything|all|all of it|bot|now))*',
    'unsubscribe(?: (?:me|us|from|all|this|here|everything|it|please))*',
    '(?:be )?(?:quiet|silent)',
    'silence',
    'shut (?:up|it)',
    'enough',
    'shush',
    'hush',
    'opt out',
    'leave (?:me|us) (?:alone|in peace)',
    'go away',
    'stop (?:telling|messaging|spamming|bothering|notifying|alerting|pinging|sending|warning|annoying)(?: (?:me|us|here|things|that|this|it|so much|messages|alerts|notifications|all|about everything))*',
    '(?:stop|turn off|switch off|disable|end|cancel|no more|no) (?:all |the |these |those |your |my )*(?:alerts?|notifications?|messages?|alarms?|watch|watches|warnings?|noise|spam)(?: here)?',
    'end (?:all )?(?:my |the )?watches',
    '(?:set |make |change |my |our )?quiet hours(?: \\S+){0,4}',
    'do not disturb(?: (?:me|us))?(?: .{1,30})?',
    'do not (?:tell|notify|alert|message|bother) (?:me|us)(?: any ?more| about (?:this|that|anything|everything))?',
  ].join('|')})$`,
  'u',
);

/** The same about one agent or place, which stands behind it. */
const about =
  /^(?:(?:stop|turn off|switch off|disable|end|no more) (?:all |the |these |my )*(?:alerts?|notifications?|messages?|alarms?|watch|watches|warnings?)|unsubscribe(?: me| us)?|(?:stop|do not) (?:telling|tell|messaging|notifying|notify|alerting|alert|warning|bothering) (?:me|us)) (?:for|about|of|from|on) (.+)$/u;

export const isSilenceWish = (text: string): boolean => whole.test(text);

export const silenceWishAbout = (text: string): string | undefined => about.exec(text)?.[1];
