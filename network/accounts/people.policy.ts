import { type OrganisationKind, type Principal, ROLES_OF_KIND, type Role } from './model.ts';

/** The role that runs an organisation: invites, changes and disables its people. */
export const ADMIN_ROLE_OF_KIND: Readonly<Record<OrganisationKind, Role>> = {
  operator: 'operator',
  marketplace: 'marketplace_staff',
  merchant: 'merchant_admin',
  carrier: 'carrier',
  warehouse: 'warehouse_staff',
  point_operator: 'point_staff',
};

/** What a person can be. `merchant_app` is a program's role: it has keys, no log-in. */
export function personRolesOf(kind: OrganisationKind): readonly Role[] {
  return ROLES_OF_KIND[kind].filter((role) => role !== 'merchant_app');
}

/**
 * Runs the caller his own organisation? Not every role with a row in the access table does: the operator employs
 * warehouse staff, who must not make themselves operators.
 */
export function isAdminOfOwn(caller: Pick<Principal, 'role' | 'organisationKind'>): boolean {
  return ADMIN_ROLE_OF_KIND[caller.organisationKind] === caller.role;
}

/** The caller's part in an organisation whose people are looked after; undefined: none of his business. */
export function peopleRelation(
  caller: Principal,
  target: { readonly id: string; readonly clientPlatformId: string | undefined },
): 'own' | 'client' | 'any' | undefined {
  if (!isAdminOfOwn(caller)) return undefined;
  if (target.id === caller.organisationId) return 'own';
  if (caller.role === 'operator') return 'any';
  return caller.role === 'marketplace_staff' && target.clientPlatformId === caller.organisationId
    ? 'client'
    : undefined;
}

/**
 * A key that was narrowed to some tags may not make somebody who can do more than itself: neither a wider key nor
 * a person, who is never narrowed. `scopes`: of the new key, undefined for a person.
 */
export function widens(caller: Pick<Principal, 'scopes'>, scopes: readonly string[] | undefined): boolean {
  if (caller.scopes.length === 0) return false;
  return (
    scopes === undefined || scopes.length === 0 || scopes.some((scope) => !caller.scopes.includes(scope))
  );
}
