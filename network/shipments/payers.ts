import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type OrganisationId, type Outcome, refused, type ShipmentId } from '../kernel/index.ts';
import type { Payer } from '../ledger/index.ts';
import { purchaseOf, type StoredOffer } from '../offers/index.ts';
import { useProgramme } from '../programmes/index.ts';

export type WhoPays = {
  readonly programmeId?: string | undefined;
  readonly payers?:
    | readonly {
        readonly organisationId: OrganisationId;
        readonly role: Payer['role'];
        readonly shareBasisPoints: number;
      }[]
    | undefined;
};

/**
 * Who pays the freight of a purchase: the merchant, and its marketplace only by a programme. Nobody spends a
 * stranger's wallet, nor that of his own marketplace unasked. A programme's part is taken out of its budget here.
 */
export async function payersOf(
  work: Work,
  caller: Principal,
  command: WhoPays,
  shipmentId: ShipmentId,
  bought: StoredOffer,
): Promise<Outcome<readonly Payer[]>> {
  const other = command.payers?.find((payer) => payer.organisationId !== caller.organisationId);
  if (other !== undefined) {
    const advice = 'A marketplace pays by a programme: name its programme_id.';
    return refused(
      'payer_split_invalid',
      other.organisationId === caller.clientPlatformId
        ? advice
        : `${other.organisationId} does not pay for you. ${advice}`,
    );
  }
  if (command.programmeId === undefined) {
    return accepted(
      command.payers ?? [
        { organisationId: caller.organisationId, role: 'merchant', shareBasisPoints: 10_000 },
      ],
    );
  }
  const { offer, request } = bought;
  return useProgramme(work, {
    programmeId: command.programmeId,
    shipmentId,
    merchantId: caller.organisationId,
    clientPlatformId: caller.clientPlatformId,
    ...purchaseOf(request, offer),
  });
}
