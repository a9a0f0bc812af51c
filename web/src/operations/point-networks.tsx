import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { ContractCard } from '../outlets/contract.tsx';
import { FeedList } from '../outlets/feeds.tsx';
import { OutletList } from '../outlets/outlet-list.tsx';
import { OutletState } from '../outlets/parts.tsx';
import { TariffCard } from '../outlets/tariff.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { useOrganisations } from './organisation-name.tsx';
import { AgreeContract, ReturnDeposit } from './point-contract.tsx';
import { POINT_DESK_WORDS } from './words.ts';

/** Everybody who runs counters. */
export function PointNetworks() {
  const t = useWords(POINT_DESK_WORDS);
  const { country } = useFormats();
  const networks = useOrganisations().filter(({ kind }) => kind === 'point_operator');
  return (
    <Page title={t('networks')} lead={t('networks.lead')}>
      <Card>
        {networks.length === 0 ? (
          <Empty title={t('networks.none')} hint={t('networks.none_hint')} />
        ) : (
          <Table
            label={t('networks')}
            rows={networks}
            rowId={(one) => one.id}
            columns={[
              {
                id: 'name',
                label: t('network'),
                isName: true,
                cell: (one) => (
                  <Link className="text-accent hover:underline" href={`/operations/point-networks/${one.id}`}>
                    {one.name}
                  </Link>
                ),
              },
              { id: 'country', label: t('network.country'), cell: (one) => country(one.country) },
            ]}
          />
        )}
      </Card>
    </Page>
  );
}

/** One network: its contract and deposit, outlets and feeds. */
export function PointNetworkDetail({ id }: { readonly id: string }) {
  const t = useWords(POINT_DESK_WORDS);
  const may = useMay();
  const name = useOrganisations().find((one) => one.id === id)?.name;
  return (
    <Page
      title={name ?? t('network')}
      lead={<CopyId value={id} />}
      actions={<ButtonLink to={`/operations/organisations/${id}`}>{t('network.office')}</ButtonLink>}
    >
      <Glance id={id} />
      <ContractCard organisationId={id} />
      <div className="screen-only mb-4 flex flex-wrap gap-2">
        {may('agreePointContract') && <AgreeContract id={id} />}
        {may('returnPointDeposit') && <ReturnDeposit id={id} />}
      </div>
      <OutletList organisationId={id} />
      {may('readPointTariff') && <TariffCard organisationId={id} />}
      <FeedList organisationId={id} address={`/point-networks/${id}/feeds`} />
    </Page>
  );
}

function Glance({ id }: { readonly id: string }) {
  const t = useWords(POINT_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const { number } = useFormats();
  const network = useRead(['point-network', id], (signal) =>
    api.get('/v1/point-networks/{organisation_id}', { params: { path: { organisation_id: id } }, signal }),
  );
  return (
    <Read of={network}>
      {({ states, filings_due }) => (
        <>
          <Card title={t('network.states')}>
            {states.length === 0 ? (
              <p className="text-soft">{t('network.no_outlet')}</p>
            ) : (
              <ul className="flex flex-wrap gap-x-6 gap-y-3">
                {states.map(({ state, outlets }) => (
                  <li key={state} className="inline-flex items-center gap-2">
                    <OutletState of={state} />
                    <strong>{number(outlets)}</strong>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          {filings_due.length > 0 && (
            <Card title={t('network.filings')}>
              <Table
                label={t('network.filings')}
                rows={filings_due}
                rowId={(one) => one.point_id}
                columns={[
                  {
                    id: 'name',
                    label: o('outlet'),
                    isName: true,
                    cell: (one) => (
                      <Link
                        className="text-accent hover:underline"
                        href={`/operations/outlets/${one.point_id}`}
                      >
                        {one.name}
                      </Link>
                    ),
                  },
                  {
                    id: 'code',
                    label: o('code'),
                    cell: (one) => <span className="number">{one.outlet_code}</span>,
                  },
                  {
                    id: 'at',
                    label: o('fact.filing_due'),
                    cell: (one) => <Moment at={one.reminded_at} />,
                  },
                ]}
              />
            </Card>
          )}
        </>
      )}
    </Read>
  );
}
