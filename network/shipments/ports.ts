import type { Queryable } from '../../platform/db/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import type { Dimensions, Instant, OrganisationId, Outcome, PartyRef, ShipmentId } from '../kernel/index.ts';
import type { LabelContent } from '../labels/index.ts';
import type { LineCatalogue } from '../lines/index.ts';
import type { StoredOffer } from '../offers/index.ts';
import type { Vault } from '../vault/index.ts';
import type { FirstPrint, PrintedLabel, PrintOptions, Resolution, Waybill } from '../waybills/index.ts';
import type { CoarsePlace, ShipmentParcel } from './model.ts';
import type { FreightEffects } from './step.ts';

export type ParcelsToNumber = {
  readonly organisationId: OrganisationId;
  readonly shipmentId: ShipmentId;
  readonly carrierCode: string;
  readonly lineCode: string;
  readonly orderRef: string;
  readonly senderRef: PartyRef;
  readonly recipientRef: PartyRef;
  readonly from: CoarsePlace;
  readonly to: CoarsePlace;
  readonly parcels: readonly { readonly weightGrams: number; readonly size?: Dimensions | undefined }[];
  /** Of `routeTo`. */
  readonly route: Resolution;
};

/** What shipments needs of the program besides lower rooms' functions. */
export type ShipmentPorts = {
  readonly vault: Vault;
  readonly freight: FreightEffects;
  readonly lines: LineCatalogue;
  /**
   * Makes sure that numbers of the carrier are at hand before the purchase's transaction begins. Without an offer there
   * is nothing to do, and the purchase refuses in its own words.
   */
  prepareNumbers(
    world: World,
    caller: Principal,
    offer: StoredOffer | undefined,
  ): Promise<Outcome<undefined>>;
  /** How the carrier sorts what goes to a place. */
  routeTo(
    reading: { readonly db: Queryable; readonly now: Instant },
    carrierCode: string,
    to: CoarsePlace,
  ): Promise<Resolution>;
  /** A waybill with a number for each parcel; the first is the parent of the others. `print`: of `drawLabel`. */
  issueParcels(
    work: Work,
    world: World,
    command: ParcelsToNumber,
    print?: FirstPrint,
  ): Promise<Outcome<readonly ShipmentParcel[]>>;
  /** Takes the numbers and draws the labels of parcels before the transaction that issues them. */
  drawLabel(
    world: World,
    command: ParcelsToNumber,
    now: Instant,
    contentsOf: (waybills: readonly Waybill[]) => readonly LabelContent[],
    options: PrintOptions,
  ): Promise<Outcome<FirstPrint>>;
  /** Behind `issueParcels`. */
  recordLabel(work: Work, print: FirstPrint, printedBy: string): PrintedLabel;
  /** The bytes of a label's document; undefined when it is not kept any more. */
  readLabel(world: World, organisationId: OrganisationId, labelId: string): Promise<Uint8Array | undefined>;
  /** Codes of lower rooms that a purchase may answer. */
  readonly purchaseRefusals: readonly string[];
};
