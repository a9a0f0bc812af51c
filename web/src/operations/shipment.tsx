import { Link } from 'wouter';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Table } from '../kit/table.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { ShipmentDetail } from '../parcels/shipment.tsx';
import { type Shipment, ShipmentState } from '../parcels/states.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { OPERATIONS_WORDS } from './words.ts';

export function ShipmentScreen({ id }: { readonly id: string }) {
  return <ShipmentDetail id={id}>{(shipment) => <ForTheNetwork shipment={shipment} />}</ShipmentDetail>;
}

/** What only the network's own staff sees: whose it is and what is left of the price. */
function ForTheNetwork({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(OPERATIONS_WORDS);
  const may = useMay();
  const { margin } = shipment;
  return (
    <Card
      title={t('shipment.network')}
      actions={
        may('listAudit') && (
          <Link className="text-accent hover:underline" href={`/operations/audit?subject=${shipment.id}`}>
            {t('shipment.audit')}
          </Link>
        )
      }
    >
      <Facts
        of={[
          [t('search.whose'), <OrganisationName key="whose" id={shipment.organisation_id} link />],
          [t('shipment.acknowledgement'), t(`shipment.acknowledgement.${shipment.acknowledgement}`)],
          [t('shipment.selling'), margin && <Money key="selling" of={margin.selling} />],
          [t('shipment.buying'), margin?.buying && <Money key="buying" of={margin.buying} />],
          [t('shipment.margin'), margin?.margin && <Money key="margin" of={margin.margin} strong />],
        ]}
      />
      <History shipment={shipment} />
    </Card>
  );
}

/** Every step of the state machine, folded away below the facts. */
function History({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(OPERATIONS_WORDS);
  const steps = shipment.history?.toReversed() ?? [];
  if (steps.length === 0) return null;
  return (
    <details className="mt-4">
      <summary className="cursor-pointer font-medium">
        {t('shipment.history', { count: steps.length })}
      </summary>
      <Table
        label={t('shipment.history', { count: steps.length })}
        rows={steps}
        rowId={(step) => String(step.version)}
        columns={[
          { id: 'state', label: t('state'), isName: true, cell: (step) => <ShipmentState of={step.state} /> },
          {
            id: 'step',
            label: t('shipment.step'),
            cell: (step) => <span className="number">{step.step}</span>,
          },
          { id: 'reason', label: t('shipment.why'), cell: (step) => step.reason ?? '–' },
          { id: 'occurred', label: t('shipment.occurred'), cell: (step) => <Moment at={step.occurred_at} /> },
          { id: 'recorded', label: t('shipment.recorded'), cell: (step) => <Moment at={step.recorded_at} /> },
        ]}
      />
    </details>
  );
}
