import { csvText } from '../../platform/csv/index.ts';
import type { HandoverList } from './batches.ts';

const HEAD = ['handover', 'kind', 'carrier', 'tracking_number', 'bag', 'container', 'parcel', 'parcel_id'];

/** One line a parcel, so that a driver can tick them off. */
export function listCsv({ handover, bags, contents }: HandoverList): string {
  const byId = new Map<string, (typeof bags)[number]>(bags.map((bag) => [bag.id, bag]));
  const rows = contents.map((content) => {
    const bag = byId.get(content.containerId);
    return [
      handover.number,
      handover.kind,
      handover.carrierName ?? '',
      handover.trackingNumber ?? '',
      bag?.code ?? '',
      bag?.container ?? 'loose',
      content.number,
      content.parcelId,
    ];
  });
  return csvText([HEAD, ...rows]);
}
