import { BUSINESS_ROWS } from './access-business.ts';
import { MAILING_ROWS } from './access-mailings.ts';
import { MOVEMENT_ROWS } from './access-movement.ts';
import { POINT_ROWS } from './access-points.ts';
import { POLLING_ROWS } from './access-polling.ts';
import type { AccessRow, Relation } from './access-roles.ts';
import type { Role } from './model.ts';

export type { AccessRow, Relation };

/**
 * The one access table: operation x role x relation. It drives the server's check, `x-roles` in openapi.json and
 * the menus of the web. Deny by default: a role that is not named may not, and a route whose operation has no row
 * does not compile. Its rows stand in several files, by length only.
 */
const TABLE = {
  ...BUSINESS_ROWS,
  ...MOVEMENT_ROWS,
  ...POLLING_ROWS,
  ...POINT_ROWS,
  ...MAILING_ROWS,
} as const;

export type Operation = keyof typeof TABLE;
export const ACCESS_TABLE: Readonly<Record<Operation, AccessRow>> = TABLE;

export function rolesOf(operation: string): readonly Role[] {
  const row: AccessRow | undefined = (ACCESS_TABLE as Record<string, AccessRow>)[operation];
  return row === undefined ? [] : (Object.keys(row) as Role[]);
}

export function relationsOf(role: Role, operation: string): readonly Relation[] {
  return (ACCESS_TABLE as Record<string, AccessRow | undefined>)[operation]?.[role] ?? [];
}

export function isPublicOperation(operation: string): boolean {
  return rolesOf(operation).includes('anonymous');
}
