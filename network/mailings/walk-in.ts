import type { Work } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import { type IntakeInput, takeIn } from './counter.ts';
import { type By, begin } from './handle.ts';
import type { Mailing } from './model.ts';
import { draftMailing, type MailingInput, type Orderer } from './place.ts';
import type { MailingPorts } from './ports.ts';

export type WalkInInput = Omit<MailingInput, 'parcel' | 'payment' | 'ceiling'> &
  Omit<IntakeInput, 'agreedTotal'>;

/**
 * Somebody stands at the counter without an order: the clerk orders for him and takes the parcel in, in one go. The
 * mailing is the operator's; its journey begins at the point. Ends in the operator's scope.
 */
export async function takeWalkIn(
  work: Work,
  ports: MailingPorts,
  { point, operatorId, by }: { readonly point: Point; readonly operatorId: OrganisationId; readonly by: By },
  input: WalkInInput,
): Promise<Outcome<Mailing>> {
  await work.actFor({ organisationId: operatorId });
  const { country, city, postcode, divisionCodes, organisationId } = point;
  const orderer: Orderer = {
    ...{ organisationId: operatorId, clientPlatformId: undefined },
    ...{ placedBy: 'counter', role: 'merchant', by, handleOf: organisationId },
    from: { country, city, postcode, division: divisionCodes[0] },
  };
  const order = { ...input, parcel: input.measured, payment: 'counter' } as const;
  const drafted = await draftMailing(work, ports, orderer, order);
  if (!drafted.ok || drafted.value.isKnown) return drafted.ok ? accepted(drafted.value.mailing) : drafted;
  const { mailing } = drafted.value;
  const atPoint = { ...mailing, point: { id: point.id, organisationId } };
  const placed = await begin(work, atPoint, by);
  if (placed === undefined) return refused('mailing_object_reused', 'It was ordered at this very moment.');
  return takeIn(work, ports, placed, by, { pointId: point.id, organisationId }, input);
}
