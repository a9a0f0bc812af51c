import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import type { Column } from '../kit/table.tsx';
import { useOrderColumns } from '../parcels/order-columns.tsx';
import { useShipmentColumns } from '../parcels/shipment-columns.tsx';
import type { Order, Shipment } from '../parcels/states.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

/** A merchant by name; each is asked for once, however many rows name it. */
export function MerchantName({ id }: { readonly id: string }) {
  const merchant = useRead(['merchants', id], (signal) =>
    api.get('/v1/organisations/{organisation_id}', { params: { path: { organisation_id: id } }, signal }),
  );
  return (
    <Link className="hover:underline" href={`/marketplace/merchants/${id}`}>
      {merchant.data?.name ?? id}
    </Link>
  );
}

/** As a merchant sees its orders, and whose each is. */
export function useMerchantOrderColumns(): readonly Column<Order>[] {
  return withMerchant(useOrderColumns(), useWords(MARKETPLACE_WORDS)('merchant'));
}

export function useMerchantShipmentColumns(): readonly Column<Shipment>[] {
  return withMerchant(useShipmentColumns(), useWords(MARKETPLACE_WORDS)('merchant'));
}

function withMerchant<Row extends { readonly organisation_id: string }>(
  [name, ...rest]: readonly Column<Row>[],
  label: string,
): readonly Column<Row>[] {
  const merchant: Column<Row> = {
    id: 'merchant',
    label,
    cell: (row) => <MerchantName id={row.organisation_id} />,
  };
  return name === undefined ? [merchant] : [name, merchant, ...rest];
}
