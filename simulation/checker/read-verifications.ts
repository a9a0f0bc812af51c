import { eachOf } from '../caller.ts';
import type { World } from '../world.ts';
import type { Readings, ReadVerification } from './answers.ts';

const AT_ONCE = 6;

/** Verdicts on shipments outside our lines, as the operator sees all of them, and the points of who declared some. */
export async function readVerifications(
  world: World,
): Promise<Pick<Readings, 'verifications' | 'penaltyPoints'>> {
  const verifications = new Map<string, ReadVerification>();
  const penaltyPoints = new Map<string, number>();
  if (world.truth.claims.size === 0) return { verifications, penaltyPoints };
  const { operator } = world.parties;
  for await (const one of operator.listAll('/v1/verifications'))
    verifications.set(one.external_shipment_id, {
      state: one.state,
      organisationId: one.organisation_id,
      level: one.level,
      points: one.points ?? 0,
      wasSuspected: one.suspected_at !== undefined,
      rules: one.findings.map((finding) => finding.rule),
    });
  const owners = new Set([...verifications.values()].map((one) => one.organisationId));
  await eachOf([...owners], AT_ONCE, async (organisationId) => {
    const answer = await operator.get('/v1/penalty-points', {
      params: { query: { organisation_id: organisationId } },
    });
    penaltyPoints.set(organisationId, answer.points);
  });
  return { verifications, penaltyPoints };
}
