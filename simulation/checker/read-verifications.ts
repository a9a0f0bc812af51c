import { eachOf } from '../caller.ts';
import type { World } from '../world.ts';
import type { Readings, ReadOutside, ReadPenalty, ReadVerification } from './answers.ts';

const AT_ONCE = 6;

/** Verdicts on shipments outside our lines, as the operator sees all of them, and the points of who declared some. */
export async function readVerifications(
  world: World,
): Promise<Pick<Readings, 'verifications' | 'outside' | 'penaltyPoints' | 'penalties'>> {
  const verifications = new Map<string, ReadVerification>();
  const outside = new Map<string, ReadOutside>();
  const penaltyPoints = new Map<string, number>();
  const penalties = new Map<string, ReadPenalty[]>();
  if (world.truth.claims.size === 0) return { verifications, outside, penaltyPoints, penalties };
  const { operator } = world.parties;
  for await (const one of operator.listAll('/v1/verifications'))
    verifications.set(one.external_shipment_id, {
      state: one.state,
      organisationId: one.organisation_id,
      level: one.level,
      wasSuspected: one.suspected_at !== undefined,
      rules: one.findings.map((finding) => finding.rule),
    });
  const sellers = new Set([...world.truth.claims.values()].map((claim) => claim.merchant));
  await eachOf([...sellers], AT_ONCE, async (index) => {
    const app = world.parties.merchants[index]?.app;
    if (app === undefined) return;
    for await (const one of app.listAll('/v1/external-shipments'))
      outside.set(one.id, { hold: one.hold, trackingStatus: one.tracking_status });
  });
  const owners = new Set([...verifications.values()].map((one) => one.organisationId));
  await eachOf([...owners], AT_ONCE, async (organisationId) => {
    const answer = await operator.get('/v1/penalty-points', {
      params: { query: { organisation_id: organisationId } },
    });
    penaltyPoints.set(organisationId, answer.points);
    penalties.set(
      organisationId,
      answer.penalties.map(({ points, imposed_at, revoked_at }) => ({
        ...{ points, imposedAt: Date.parse(imposed_at) },
        revokedAt: revoked_at === undefined ? undefined : Date.parse(revoked_at),
      })),
    );
  });
  return { verifications, outside, penaltyPoints, penalties };
}
