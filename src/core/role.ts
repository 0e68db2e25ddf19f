export const roles = ['none', 'viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

export const mayAct = (has: Role, needs: Role): boolean =>
  roles.indexOf(has) >= roles.indexOf(needs);

export const lowerOf = (one: Role, other: Role): Role => (mayAct(one, other) ? other : one);

/** Ids of Entra are written in either case; as they are compared and kept. */
export const sameCase = (objectId: string): string => objectId.toLowerCase();
