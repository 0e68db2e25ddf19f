import { z } from 'zod';

/** What keeps the package from being made. */
export interface Fault {
  /** The file and the place in it, or the setting. */
  readonly where: string;
  readonly what: string;
}

const CommandList = z.object({
  scopes: z.array(z.string()),
  commands: z.array(z.object({ title: z.string(), description: z.string().optional() })),
});

/** Only what the store's rules look at; the official schema holds the form of it all. */
const Manifest = z.object({
  $schema: z.string().optional(),
  version: z.string(),
  name: z.object({ short: z.string(), full: z.string().default('') }),
  developer: z.object({
    websiteUrl: z.string(),
    privacyUrl: z.string(),
    termsOfUseUrl: z.string(),
  }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  localizationInfo: z
    .object({
      defaultLanguageTag: z.string(),
      additionalLanguages: z
        .array(z.object({ languageTag: z.string(), file: z.string() }))
        .default([]),
    })
    .optional(),
  bots: z
    .array(
      z.object({
        botId: z.string(),
        scopes: z.array(z.string()),
        commandLists: z.array(CommandList).default([]),
      }),
    )
    .default([]),
  composeExtensions: z
    .array(
      z.object({ botId: z.string().optional(), commands: z.array(z.object({ id: z.string() })) }),
    )
    .default([]),
  validDomains: z.array(z.string()).default([]),
});

export type Manifest = z.infer<typeof Manifest>;
export type CommandList = z.infer<typeof CommandList>;

/** Nothing for what has another form; the official schema then says why. */
export const readManifest = (json: unknown): Manifest | undefined => Manifest.safeParse(json).data;
