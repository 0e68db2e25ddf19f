import { z } from 'zod';

/** Absent, null and empty filters all mean: everything. */
const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

export const StatusQuery = z.object({
  TargetName: text,
  TargetIp: text,
  QualityDefinitionIds: z
    .array(z.string())
    .nullish()
    .transform((ids) => (ids?.length ? ids : undefined)),
});

export const BatchStatusQuery = StatusQuery.extend({ AgentUniqueIds: z.array(z.string()) });

const Name = z.string().refine((name) => name.trim() !== '', 'must not be empty');

export const NewAgent = z.object({
  Name,
  IsTemplate: z.boolean().default(false),
  Targets: z
    .array(
      z.object({
        Target: z.string().min(1),
        ConfigurationId: z.string().optional(),
        // The manual's table says string, its examples say number.
        TraceIntervalInMs: z.union([z.number(), z.string().regex(/^\d+$/)]).optional(),
      }),
    )
    .default([]),
});

export const Rename = z.object({ Name });

export const SessionChange = z.object({
  SessionId: z.string().min(1),
  Action: z.enum(['pause', 'resume']),
});

export const Deletion = z.object({
  UniqueId: z.string().min(1),
  ShouldUninstall: z.boolean().default(false),
});

const flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false']))
  .default('false')
  .transform((value) => value === 'true');

export const ListQuery = z.object({ includeTemplates: flag, includeDeleted: flag });

export const AllSessionsQuery = z.object({
  action: z.enum(['0', '1']).transform((code) => (code === '0' ? 'pause' : 'resume')),
});

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const TraceQuery = z.object({ startTime: moment, endTime: moment });

export const NewLiveShare = z.object({
  LinkType: z.enum(['agent', 'session', 'summary']),
  EntityId: z.string().min(1),
  Description: z.string().default(''),
  Notes: z.string().default(''),
  ExpirationDate: z.iso.datetime({ offset: true }).optional(),
});

export const SessionsQuery = z.object({ agentUniqueId: text, targetName: text, targetIp: text });
