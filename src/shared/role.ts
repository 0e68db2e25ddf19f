export const roles = ['none', 'viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

export const mayAct = (has: Role, needs: Role): boolean =>
  roles.indexOf(has) >= roles.indexOf(needs);

export const lowerOf = (one: Role, other: Role): Role => (mayAct(one, other) ? other : one);
