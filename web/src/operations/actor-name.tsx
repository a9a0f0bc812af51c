import { Link } from 'wouter';
import { RoleName } from '../office/roles.tsx';
import { OrganisationName } from './organisation-name.tsx';

const SYSTEM_ROLES: ReadonlySet<string> = new Set(['system', 'buyer', 'anonymous']);

/** A key or session, never a name; below it its role and organisation. `at`: what else it did. */
export function ActorName({
  id,
  role,
  organisationId,
  at,
}: {
  readonly id: string;
  readonly role: string;
  readonly organisationId: string;
  readonly at: string;
}) {
  return (
    <span className="grid">
      <Link className="number text-accent hover:underline" href={at}>
        {id}
      </Link>
      <span className="text-xs font-normal text-soft">
        {SYSTEM_ROLES.has(role) ? role : <RoleName of={role as Parameters<typeof RoleName>[0]['of']} />} ·{' '}
        <OrganisationName id={organisationId} />
      </span>
    </span>
  );
}
