import { hashToken, newToken } from '../../platform/crypto/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { findOperatorOrganisation } from '../accounts/index.ts';
import {
  accepted,
  addDays,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { findPortalLink, insertPortalLink, type PortalLink } from './link-store.ts';
import type { Mailing } from './model.ts';

export const TOKEN_PREFIX = { live: 'mlt_live_', test: 'mlt_test_' } as const;
/** From the order to long after the delivery; a new order has a new one. Our default. */
const TOKEN_DAYS = 60;

/** The world that a request is about: that of its token, or the one that it names. */
export function worldOfPortal(body: Uint8Array): 'live' | 'test' {
  try {
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
    const { world, token } = JSON.parse(text) as { world?: unknown; token?: unknown };
    const isTest = typeof token === 'string' ? token.startsWith(TOKEN_PREFIX.test) : world === 'test';
    return isTest ? 'test' : 'live';
  } catch {
    return 'live';
  }
}

/** Whose the mailings of persons without an account are. Begins in the network's scope and goes on in his. */
export async function enterOperator(reading: Pick<Work, 'db' | 'actFor'>): Promise<Outcome<OrganisationId>> {
  const operatorId = await findOperatorOrganisation(reading.db);
  if (operatorId === undefined) return refused('mailing_line_unfit', 'Nobody runs this network yet.');
  await reading.actFor({ organisationId: operatorId });
  return accepted(operatorId);
}

/** A token for a mailing; only its digest is kept. */
export async function openPortal(
  work: Work,
  { organisationId, id: mailingId }: Mailing,
): Promise<{ readonly token: string; readonly expiresAt: Instant }> {
  const token = `${TOKEN_PREFIX[work.world]}${newToken()}`;
  const expiresAt = addDays(work.now, TOKEN_DAYS);
  const tokenHash = hashToken(token);
  await insertPortalLink(work.db, { organisationId, mailingId, tokenHash, createdAt: work.now, expiresAt });
  return { token, expiresAt };
}

/** The mailing that a token opens; a token that ran out and one that never was are answered alike. */
export async function linkOf(world: World, token: string): Promise<Outcome<PortalLink>> {
  const link = await world.read('network', (db, now) => findPortalLink(db, hashToken(token), now));
  return link === undefined ? refused('mailing_not_found', '') : accepted(link);
}
