import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Table } from '../kit/table.tsx';
import { Money } from '../kit/values.tsx';
import { ChargeName } from './charge-name.tsx';
import type { Shipment } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

type Charges = NonNullable<Shipment['quoted']>;

/** What was quoted and what was charged, line by line, with what the warehouse weighed as evidence. */
export function MoneyOfShipment({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(PARCEL_WORDS);
  const evidence = shipment.parcels.flatMap((parcel) => parcel.measured?.evidence ?? []);
  return (
    <Card title={t('shipment.money')}>
      {shipment.charged && <Lines title={t('shipment.charged')} of={shipment.charged} />}
      {shipment.quoted && <Lines title={t('shipment.quoted')} of={shipment.quoted} />}
      {evidence.map((id) => (
        <p key={id} className="text-sm text-soft">
          {t('shipment.evidence', { id })}
        </p>
      ))}
    </Card>
  );
}

function Lines({ title, of }: { readonly title: string; readonly of: Charges }) {
  const t = useWords(PARCEL_WORDS);
  return (
    <div className="mb-4">
      <div className="mb-1 flex justify-between gap-4 font-semibold">
        <h3>{title}</h3>
        <Money of={of.total} />
      </div>
      <Table
        label={title}
        rows={of.lines.map((line, index) => ({ ...line, index }))}
        rowId={(line) => String(line.index)}
        columns={[
          {
            id: 'label',
            label: t('shipment.line_of_charge'),
            isName: true,
            cell: (line) => <ChargeName of={line} />,
          },
          { id: 'amount', label: title, align: 'end', cell: (line) => <Money of={line.amount} /> },
        ]}
      />
    </div>
  );
}
