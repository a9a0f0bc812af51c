import { useAhead, useOpenRecord } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useWords } from '../ground/words.ts';
import { Status } from '../kit/status.tsx';
import { ShipmentState } from '../parcels/states.tsx';
import type { Shipment } from './tasks.ts';

/** The server's state, or what is recorded here and not known there yet. */
export function ShownParcel({ shipment, at }: { readonly shipment: Shipment; readonly at: string }) {
  const f = useWords(FIELD_WORDS);
  const ahead = useAhead(shipment.id, at);
  const open = useOpenRecord(shipment.id);
  if (open?.state === 'refused') return <Status tone="bad">{f('records.state.refused')}</Status>;
  if (ahead !== undefined) return <Status tone="warn">{f(`records.state.${ahead.state}`)}</Status>;
  return <ShipmentState of={shipment.state} />;
}
