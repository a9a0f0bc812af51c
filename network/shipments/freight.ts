import type { Work } from '../../platform/world/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import { type ChargeLine, postHold, voidHold } from '../ledger/index.ts';
import {
  type CompiledLine,
  DEFAULT_REWEIGH,
  judgeReweigh,
  type LineCatalogue,
  type LineHistory,
  type ChargeLine as PricedLine,
  type PricedParcel,
  priceParcels,
} from '../lines/index.ts';
import type { Shipment } from './model.ts';
import type { FreightEffects } from './step.ts';

/** Freight follows the parcel: charged by measured weight when it leaves, released when it never does. */
export function createFreightEffects(lines: LineCatalogue): FreightEffects {
  return {
    charge: async (work, shipment) => {
      if (shipment.holdSetId === undefined) throw new Error(`${shipment.id} has no hold to charge`);
      const history = await lines.history(work.db, { codes: [shipment.lineCode] });
      const priced = priceMeasured(history, shipment);
      const outcome = await postHold(work, {
        organisationId: shipment.organisationId,
        holdSetId: shipment.holdSetId,
        charges: priced.map(asLedgerLine),
        evidence: `measured:${shipment.id}:v${shipment.version}`,
      });
      if (!outcome.ok && outcome.rejection.code === 'insufficient_funds')
        return refused('freight_unpaid', outcome.rejection.detail);
      if (!outcome.ok)
        throw new Error(`the freight of ${shipment.id} could not be charged: ${outcome.rejection.code}`);
      const total = {
        amountMinor: priced.reduce((sum, line) => sum + line.amount.amountMinor, 0),
        currency: shipment.quoted.total.currency,
      };
      return accepted({
        lines: priced.map(({ type, label, amount }) => ({ type, label, amount })),
        total,
        state: outcome.value.outstanding.amountMinor > 0 ? 'arrears' : 'charged',
      });
    },
    release: async (work: Work, shipment) => {
      if (shipment.holdSetId === undefined) return;
      const outcome = await voidHold(work, {
        organisationId: shipment.organisationId,
        holdSetId: shipment.holdSetId,
      });
      // A hold that lapsed by its own clock is released already.
      if (!outcome.ok && outcome.rejection.code !== 'hold_not_open')
        throw new Error(`the freight of ${shipment.id} could not be released: ${outcome.rejection.code}`);
    },
  };
}

/** The line as it was bought. */
export function lineOf(lines: LineHistory, shipment: Shipment): CompiledLine | undefined {
  const { lineCode, quoted, purchasedAt } = shipment;
  return quoted.lineVersion === undefined
    ? lines.find(lineCode, purchasedAt)
    : lines.version(lineCode, quoted.lineVersion);
}

/**
 * The price of what was really weighed, by the line's version and tables of the moment of purchase. A difference inside the tolerance keeps
 * the declared weight (lines' reweigh policy).
 */
export function priceMeasured(lines: LineHistory, shipment: Shipment): readonly PricedLine[] {
  const line = lineOf(lines, shipment);
  if (line === undefined)
    throw new Error(`the line ${shipment.lineCode} of ${shipment.id} is not in the catalogue`);
  const goodsClasses = [
    ...new Set(shipment.goods.map((item) => item.goodsClass)),
  ] as PricedParcel['goodsClasses'];
  const parcels = shipment.parcels.map((parcel) => ({
    weightGrams:
      parcel.measured === undefined
        ? parcel.weightGrams
        : judgeReweigh(parcel.weightGrams, parcel.measured.weightGrams, shipment.changedAt, DEFAULT_REWEIGH)
            .billGrams,
    dimensions: parcel.measured?.size ?? parcel.size,
    goodsClasses,
  }));
  const priced = priceParcels(
    line,
    'selling',
    parcels,
    {
      origin: shipment.from,
      destination: shipment.to,
      codAmount: shipment.cashOnDelivery,
      insuredAmount: shipment.insuredAmount,
    },
    shipment.purchasedAt,
  );
  // A parcel that outgrew the table still left the warehouse: the quoted price stands and the discrepancy is the case's.
  if (!priced.ok)
    return shipment.quoted.lines.map((quoted) => ({
      ...quoted,
      type: quoted.type as PricedLine['type'],
      basis: {},
    }));
  return priced.value.charges;
}

/** A priced line as the ledger charges it. */
export function asLedgerLine(line: PricedLine): ChargeLine {
  const basis = Object.entries(line.basis)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  if (line.type === 'tax') {
    return {
      type: 'tax',
      amount: line.amount,
      tax: { taxType: line.basis.taxKind ?? 'tax', rateBasisPoints: line.basis.rateBp ?? 0 },
      basis,
    };
  }
  return { type: ledgerType(line.type), amount: line.amount, basis };
}

function ledgerType(type: Exclude<PricedLine['type'], 'tax'>): ChargeLine['type'] {
  if (type === 'cod') return 'cod_fee';
  return type === 'return' ? 'return_freight' : type;
}
