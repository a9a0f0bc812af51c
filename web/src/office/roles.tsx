import type { components } from '@postroad/sdk';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { OFFICE_WORDS } from './words.ts';

export type PersonRole = components['schemas']['Person']['role'];
export type KeyRole = components['schemas']['ApiKey']['role'];

/** What the people of an organisation can be, by the role of who looks after them; the least powerful first. */
const PEOPLE: Readonly<Record<string, readonly PersonRole[]>> = {
  merchant_admin: ['merchant_clerk', 'merchant_admin'],
  marketplace_staff: ['marketplace_staff'],
  carrier: ['courier', 'carrier'],
  warehouse_staff: ['warehouse_staff'],
  point_staff: ['point_staff', 'point_clerk'],
  operator: [
    'auditor',
    'customer_service',
    'risk_inspector',
    'finance',
    'courier',
    'warehouse_staff',
    'operator',
  ],
};

/** What the people of one's own organisation can be. */
export function useOwnRoles(): readonly [PersonRole, ...PersonRole[]] {
  const { role } = useSession().person;
  const [first, ...rest] = PEOPLE[role] ?? [];
  return first === undefined ? [role] : [first, ...rest];
}

/** What a program of one's own organisation can be: as a person, and for a merchant a program of its own kind. */
export function useOwnKeyRoles(): readonly [KeyRole, ...KeyRole[]] {
  const { role } = useSession().person;
  const roles = useOwnRoles();
  return role === 'merchant_admin' ? ['merchant_app', ...roles] : roles;
}

export function RoleName({ of }: { readonly of: KeyRole }) {
  return <>{useWords(OFFICE_WORDS)(`role.${of}`)}</>;
}
