/** What a member of the base may do there, the most first; NocoDB's own words. */
export const ROLES = ['owner', 'creator', 'editor', 'commenter', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** The strongest of the roles held; null: none that opens the base. */
export function strongestRole(held: readonly string[]): Role | null {
  return ROLES.find((role) => held.includes(role)) ?? null
}

/** Whether they may change what people wrote: those who only look, or comment, may not. */
export function mayWrite(role: Role): boolean {
  return role === 'owner' || role === 'creator' || role === 'editor'
}

/** As NocoDB shows them to people. */
export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  owner: 'Propriétaire',
  creator: 'Créateur·rice',
  editor: 'Éditeur·rice',
  commenter: 'Commentateur·rice',
  viewer: 'Lecteur·rice',
}

/** Whether a role may do what asks for at least `least`. */
export function holds(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(least)
}
