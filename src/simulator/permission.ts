/** What a key may be allowed to do. Sessions = may read `GET /sessions`; the others are PingPlotter's own names. */
export const allPermissions = [
  'TargetManagement',
  'AgentManagement',
  'SessionManagement',
  'Sessions',
] as const;

export type Permission = (typeof allPermissions)[number];
