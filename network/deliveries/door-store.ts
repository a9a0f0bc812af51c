import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId, ShipmentId } from '../kernel/index.ts';
import { type DeliveryId, NO_WISH, type ProofId, type SignKind, type Wish } from './model.ts';

type WishRow = {
  shipment_id: Wish['shipmentId'];
  safe_place: SignKind[];
  consent_id: Id<'cns'> | null;
  after_attempts: Wish['afterAttempts'] | null;
  pin_hash: string | null;
  pin_required: boolean;
  pin_wrong_tries: number;
  version: number;
};

const WISH = sql`select shipment_id, safe_place, consent_id, after_attempts, pin_hash, pin_required, pin_wrong_tries, version from deliveries.wish`;

function wishOf(row: WishRow): Wish {
  return {
    shipmentId: row.shipment_id,
    safePlace: row.safe_place,
    consentId: row.consent_id ?? undefined,
    afterAttempts: row.after_attempts ?? undefined,
    pinHash: row.pin_hash ?? undefined,
    isPinRequired: row.pin_required,
    pinWrongTries: row.pin_wrong_tries,
    version: row.version,
  };
}

/** What the recipient of a shipment wants, locked; `NO_WISH` when nothing was said. */
export async function lockWish(db: Queryable, organisationId: string, shipmentId: string): Promise<Wish> {
  const row = await db.maybeRow<WishRow>(
    sql`${WISH} where organisation_id = ${organisationId} and shipment_id = ${shipmentId} for update`,
  );
  return row === undefined ? { ...NO_WISH, shipmentId: shipmentId as Wish['shipmentId'] } : wishOf(row);
}

export async function listWishes(
  db: Queryable,
  organisationId: string,
  shipmentIds: readonly string[],
): Promise<Map<string, Wish>> {
  const rows = await db.rows<WishRow>(
    sql`${WISH} where organisation_id = ${organisationId} and shipment_id = any(${shipmentIds})`,
  );
  return new Map(rows.map((row) => [row.shipment_id, wishOf(row)]));
}

export async function saveWish(
  db: Queryable,
  organisationId: string,
  wish: Wish,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into deliveries.wish (organisation_id, shipment_id, safe_place, consent_id, after_attempts, pin_hash, pin_required, pin_wrong_tries,
      version, changed_at)
    values (${organisationId}, ${wish.shipmentId}, ${wish.safePlace}, ${wish.consentId}, ${wish.afterAttempts}, ${wish.pinHash},
      ${wish.isPinRequired}, ${wish.pinWrongTries}, ${wish.version}, ${now})
    on conflict (organisation_id, shipment_id) do update set safe_place = excluded.safe_place, consent_id = excluded.consent_id,
      after_attempts = excluded.after_attempts, pin_hash = excluded.pin_hash, pin_required = excluded.pin_required,
      pin_wrong_tries = excluded.pin_wrong_tries, version = excluded.version, changed_at = excluded.changed_at`);
}

export type Consent = {
  readonly id: Id<'cns'>;
  readonly shipmentId: string;
  readonly safePlace: readonly SignKind[];
  readonly afterAttempts: Wish['afterAttempts'];
  readonly givenBy: 'recipient' | 'recipient_through_merchant';
  readonly givenAt: Instant;
  readonly recordedBy: string;
};

export async function insertConsent(
  db: Queryable,
  organisationId: string,
  consent: Consent,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into deliveries.consent (organisation_id, consent_id, shipment_id, safe_place, after_attempts, given_by, given_at, recorded_by, recorded_at)
    values (${organisationId}, ${consent.id}, ${consent.shipmentId}, ${consent.safePlace}, ${consent.afterAttempts}, ${consent.givenBy},
      ${consent.givenAt}, ${consent.recordedBy}, ${now})`);
}

/** A photo lies in the blob store under `blobKey`, a signature is `sealed` in the row. */
export type Proof = {
  readonly id: ProofId;
  readonly organisationId: OrganisationId;
  readonly kind: 'photo' | 'signature';
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
  readonly blobKey: string | undefined;
  readonly sealed: Uint8Array | undefined;
  readonly deliveryId: DeliveryId | undefined;
  /** Of a photo from the first warehouse. */
  readonly shipmentId: ShipmentId | undefined;
  readonly byCaller: string;
};

type ProofRow = {
  organisation_id: OrganisationId;
  proof_id: ProofId;
  kind: Proof['kind'];
  content_type: string;
  size_bytes: number;
  sha256: Uint8Array;
  blob_key: string | null;
  sealed: Uint8Array | null;
  delivery_id: DeliveryId | null;
  shipment_id: ShipmentId | null;
  by_caller: string;
};

const PROOF = sql`select organisation_id, proof_id, kind, content_type, size_bytes, sha256, blob_key, sealed, delivery_id, shipment_id, by_caller from deliveries.proof`;

function proofOf(row: ProofRow): Proof {
  return {
    id: row.proof_id,
    organisationId: row.organisation_id,
    kind: row.kind,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    blobKey: row.blob_key ?? undefined,
    sealed: row.sealed ?? undefined,
    deliveryId: row.delivery_id ?? undefined,
    shipmentId: row.shipment_id ?? undefined,
    byCaller: row.by_caller,
  };
}

export async function insertProof(db: Queryable, proof: Proof, now: Instant): Promise<void> {
  await db.run(sql`
    insert into deliveries.proof (organisation_id, proof_id, kind, content_type, size_bytes, sha256, blob_key, sealed, delivery_id, shipment_id, by_caller, created_at)
    values (${proof.organisationId}, ${proof.id}, ${proof.kind}, ${proof.contentType}, ${proof.sizeBytes}, ${proof.sha256}, ${proof.blobKey},
      ${proof.sealed}, ${proof.deliveryId}, ${proof.shipmentId}, ${proof.byCaller}, ${now})`);
}

export async function findProof(db: Queryable, id: string): Promise<Proof | undefined> {
  const row = await db.maybeRow<ProofRow>(sql`${PROOF} where proof_id = ${id}`);
  return row === undefined ? undefined : proofOf(row);
}

/** The photos that the first warehouse took of a shipment, oldest first. */
export async function listShipmentPhotos(
  db: Queryable,
  of: { organisationId: string; shipmentId: string },
): Promise<Proof[]> {
  const rows = await db.rows<ProofRow>(sql`
    ${PROOF} where organisation_id = ${of.organisationId} and shipment_id = ${of.shipmentId} order by proof_id`);
  return rows.map(proofOf);
}

/** Binds a photo to the delivery that it proves. False when it is another caller's or proves something already. */
export async function bindProof(
  db: Queryable,
  of: { organisationId: string; proofId: string; deliveryId: string; byCaller: string },
): Promise<boolean> {
  const bound = await db.run(sql`
    update deliveries.proof set delivery_id = ${of.deliveryId}
    where organisation_id = ${of.organisationId} and proof_id = ${of.proofId} and by_caller = ${of.byCaller}
      and delivery_id is null and shipment_id is null`);
  return bound === 1;
}

/** Which of some blobs a proof names, in the network's scope. The last part of a key is the proof's id, which has an index. */
export async function listNamedProofBlobs(
  db: Queryable,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = keys.map((key) => key.split('/').at(-1));
  const rows = await db.rows<{ blob_key: string }>(sql`
    select blob_key from deliveries.proof where proof_id = any(${ids}) and blob_key = any(${keys})`);
  return new Set(rows.map((row) => row.blob_key));
}
