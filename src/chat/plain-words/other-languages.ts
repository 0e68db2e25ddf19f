const listed = (text: string): readonly string[] =>
  text.split(/\s+/u).filter((word) => word !== '');

/** Words of other languages that no English sentence has. */
const foreign: ReadonlySet<string> = new Set(
  listed(`welche welcher welches sind ist nicht warum wieso wie geht zeig zeige bitte alle wer wo wann ich
    und oder mir mich uns kannst bist hilfe danke heute noch hallo läuft gibt kein keine auf mit der das ein eine
    quels quelles quel quelle est sont pourquoi montre montrez combien qui nous vous les des une avec dans où
    aide bonjour merci peux aucun tous toutes
    cuál cuáles qué está están por mal muestra cuántos quién dónde hola gracias ayuda los las una todos todas
    quali quale perché sono mostra quanti ciao grazie aiuto tutti non funziona
    quais qual estão mostrar quantos ajuda obrigado olá não
    welke zijn waarom toon hoeveel wie hallo bedankt niet
    które są dlaczego pokaż ile kto pomoc
    vilka är varför visa hur många hjälp`),
);

/** Words that are English or a name as well count only beside others. */
const shared: ReadonlySet<string> = new Set(
  listed('wie die der das mal alle non visa est les des una sono mostra wo uns'),
);

const letters = /\p{L}/gu;
const latin = /\p{Script=Latin}/gu;

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether a sentence is in another language than English: by its script, or by words that English has not. */
export const isOtherLanguage = (text: string): boolean => {
  const all = countOf(text, letters);
  if (all > 2 && countOf(text, latin) * 2 < all) return true;
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const found = new Set(words.filter((word) => foreign.has(word)));
  const certain = [...found].filter((word) => !shared.has(word));
  return certain.length > 0 && (found.size > 1 || words.length < 7);
};
