import { hashToken, newToken } from '../../platform/crypto/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, addMs, type Instant, type Outcome, type ParcelId, refused } from '../kernel/index.ts';
import type { TrackingErrorCode } from './errors.ts';
import { reporterOf } from './intake.ts';
import { countActiveLinks, insertLink, type LinkId } from './link-store.ts';
import type { Milestone, ScanId } from './model.ts';
import { FUTURE_TOLERANCE_MS } from './plausibility.policy.ts';
import { sourceKindOf, sourceOf } from './recognition.policy.ts';
import { recordScans } from './record.ts';
import { scanIdOf } from './scan-identity.ts';
import { findScan } from './scan-store.ts';
import { meaningOf, WITHDRAWAL_CODE } from './source-codes.policy.ts';

export type CorrectScan = {
  readonly scanId: string;
  /** What was true instead; absent: it did not happen at all. */
  readonly milestone?: Milestone | undefined;
  /** When it happened; absent: at the time of the wrong scan. */
  readonly occurredAt?: Instant | undefined;
  readonly reason: string;
};

/**
 * Says of a scan that it was wrong. The author is the caller, whatever the body says. Who may correct stands in the
 * access table: the carrier whose source it was, or the operator.
 */
export async function correctScan(
  work: Work,
  caller: Principal,
  command: CorrectScan,
): Promise<Outcome<{ scanId: ScanId; parcelId: ParcelId }, TrackingErrorCode | 'not_found'>> {
  const wrong = await findScan(work.db, command.scanId);
  const reporter = reporterOf(caller);
  if (wrong === undefined || reporter === undefined) return refused('not_found', '');
  if (command.occurredAt !== undefined && command.occurredAt > addMs(work.now, FUTURE_TOLERANCE_MS)) {
    return refused('correction_in_future', `It is ${work.now}.`);
  }
  const code = command.milestone ?? WITHDRAWAL_CODE;
  const content = {
    source: sourceOf(reporter),
    number: wrong.number,
    code,
    occurredAt: command.occurredAt ?? wrong.occurredAt,
    ...(wrong.place === undefined ? {} : { place: wrong.place }),
    correction: { ofScan: wrong.id, author: caller.id, reason: command.reason },
  };
  const recorded = await recordScans(work, [
    {
      id: scanIdOf(content),
      parcel: wrong.parcel,
      sourceKind: sourceKindOf(reporter),
      ...content,
      ...meaningOf('native', code),
      ...(command.occurredAt === undefined && wrong.localTime !== undefined
        ? { localTime: wrong.localTime }
        : {}),
      ...(command.occurredAt === undefined && wrong.zone !== undefined ? { zone: wrong.zone } : {}),
      zoneConfidence: command.occurredAt === undefined ? wrong.zoneConfidence : 'stated',
      receivedAt: work.now,
      synthetic: wrong.synthetic,
      // What it weighed goes with a scan that is taken back, not with one that is put right.
      ...(command.milestone === undefined || wrong.weightGrams === undefined
        ? {}
        : { weightGrams: wrong.weightGrams }),
      reporter,
    },
  ]);
  const [one] = recorded ?? [];
  if (one === undefined) return refused('scan_batch_busy', '');
  return accepted({ scanId: one.id, parcelId: one.parcelId });
}

/** A parcel has few buyers; more links are a leak somewhere (our default). */
const MAX_LINKS = 20;

/** The clear token is answered once and never stored. Its prefix tells the world. */
export async function createLink(
  work: Work,
  caller: Principal,
  parcelId: ParcelId,
): Promise<
  Outcome<{ id: LinkId; parcelId: ParcelId; token: string; createdAt: Instant }, TrackingErrorCode>
> {
  if ((await countActiveLinks(work.db, parcelId)) >= MAX_LINKS) return refused('link_limit_reached', '');
  const token = `${TOKEN_PREFIX[caller.world]}${newToken()}`;
  const link = { id: work.newId('lnk'), parcelId, createdAt: work.now, revokedAt: undefined };
  await insertLink(work.db, { ...link, tokenHash: hashToken(token), createdBy: caller.id });
  return accepted({ id: link.id, parcelId, token, createdAt: link.createdAt });
}

export const TOKEN_PREFIX = { live: 'trk_live_', test: 'trk_test_' } as const;
/** A prefix and 128 random bits in base64url. */
export const TOKEN_SHAPE = /^trk_(?:live|test)_[A-Za-z0-9_-]{22}$/;
