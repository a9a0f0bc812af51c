import { FACES, faceOf } from '../faces.ts';

const HOMES: Readonly<Record<string, string>> = {
  operator: '/operations',
  customer_service: '/operations',
  risk_inspector: '/operations',
  finance: '/operations',
  auditor: '/operations',
  marketplace_staff: '/marketplace',
  merchant_admin: '/merchant',
  merchant_clerk: '/merchant',
  merchant_app: '/merchant',
  carrier: '/carrier',
  courier: '/courier',
  warehouse_staff: '/warehouse',
  point_staff: '/point',
  point_clerk: '/point',
};

/** Where somebody of a role works; undefined when his face is not built yet. */
export function homeOf(role: string): string | undefined {
  const home = HOMES[role];
  return home !== undefined && faceOf(home, FACES) !== undefined ? home : undefined;
}
