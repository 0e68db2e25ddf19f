import { createRequire } from 'node:module';

type Engine = typeof import('adaptivecards-templating/lib/template-engine.js').Template;

const load = createRequire(import.meta.url);
let engine: Engine | undefined;

/**
 * The templates' own engine, loaded when a template first needs more than the names of values: its grammar takes a
 * tenth of the bot's start and 20 MB.
 */
export const templateEngine = (): Engine => {
  if (engine === undefined) {
    const loaded: { readonly Template: Engine } = load(
      'adaptivecards-templating/lib/template-engine.js',
    );
    engine = loaded.Template;
  }
  return engine;
};
