/**
 * The one rule by which two texts are the same to a person, whoever compares them: commands, filters,
 * watches, searches, cards. Compatible characters are one (NFKC), case does not matter (İ, I, ı and i are
 * one letter, ß is ss), quotes, apostrophes and dashes are straight, what cannot be seen is left out, and
 * spaces are single. What a card writes differently (`‹at›`, `{ {`) is read as it was.
 */
export const fold = (text: string): string =>
  simple.test(text) ? text.toLowerCase() : folded(text);

/** Nearly all names, and none at all; a fleet has tens of thousands of them. */
const simple = /^(?:[!-z|}~]+(?: [!-z|}~]+)*)?$/;

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const apostrophes = /[´‘’‚‛ʹʻʼʽ′‵]/gu;
const quotes = /[“”„‟«»]/gu;
/** Of all scripts, and the minus and the hyphen bullet, which are no punctuation to Unicode. */
const dashes = /[\p{Pd}\u2043\u2212]/gu;

const folded = (text: string): string =>
  text
    .replace(invisible, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    // Before NFKC, which makes a space and an accent of it.
    .replaceAll('´', "'")
    .normalize('NFKC')
    .replaceAll('İ', 'i')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
    .replace(apostrophes, "'")
    .replace(quotes, '"')
    .replaceAll('‹', '<')
    .replaceAll('›', '>')
    .replace(dashes, '-')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/([{$]) (?=\{)/gu, '$1');
