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
      {shipment.quoted?.programme && <Programme of={shipment.quoted} pays={shipment.quoted.programme.pays} />}
      {evidence.map((id) => (
        <p key={id} className="text-sm text-soft">
          {t('shipment.evidence', { id })}
        </p>
      ))}
    </Card>
  );
}

/** The part of the marketplace is fixed; what the warehouse weighs more is the merchant's. */
function Programme({ of, pays }: { readonly of: Charges; readonly pays: Charges['total'] }) {
  const t = useWords(PARCEL_WORDS);
  const rest = { ...of.total, amount_minor: of.total.amount_minor - pays.amount_minor };
  return (
    <dl className="mb-4 grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5">
      <dt>{t('shipment.programme_pays')}</dt>
      <dd>
        <Money of={pays} />
      </dd>
      <dt>{t('shipment.merchant_pays')}</dt>
      <dd>
        <Money of={rest} />
      </dd>
    </dl>
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
