import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useAct, usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';

type Payload = components['schemas']['CarrierPayload'];
const SHOWN = ['unreadable', 'read', 'all'] as const;

/** What carriers wrote, those first that nobody could read. */
export function Payloads() {
  const t = useWords(SOURCE_WORDS);
  const [shown, setShown] = useAddressChoice('state', SHOWN);
  const payloads = usePages(['carrier-payloads', shown], (cursor, signal) =>
    api.get('/v1/carrier-payloads', {
      params: {
        query: {
          limit: 50,
          ...(shown === 'all' ? {} : { state: shown }),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  );
  return (
    <Page title={t('payload.title')} lead={t('payload.lead')}>
      <div className="screen-only mb-3 max-w-64">
        <Field label={t('payload.state')}>
          <Select
            value={shown}
            onChoice={setShown}
            choices={SHOWN.map((one) => ({ value: one, label: t(`payload.${one}`) }))}
          />
        </Field>
      </div>
      <Card>
        <PagedTable
          label={t('payload.title')}
          of={payloads}
          rowId={(one) => one.id}
          empty={<Empty title={t('payload.none')} />}
          columns={[
            {
              id: 'format',
              label: t('format'),
              isName: true,
              cell: (one) => (
                <Link className="text-accent hover:underline" href={`/operations/payloads/${one.id}`}>
                  {one.format}
                </Link>
              ),
            },
            { id: 'state', label: t('payload.state'), cell: (one) => <PayloadState of={one} /> },
            { id: 'fault', label: t('payload.fault'), cell: (one) => one.fault ?? '–' },
            { id: 'way', label: t('payload.way'), cell: (one) => t(`way.${one.way}`) },
            { id: 'times', label: t('payload.times'), align: 'end', cell: (one) => one.times },
            { id: 'last', label: t('payload.last'), cell: (one) => <Moment at={one.last_received_at} /> },
          ]}
        />
      </Card>
    </Page>
  );
}

function PayloadState({ of }: { readonly of: Payload }) {
  const t = useWords(SOURCE_WORDS);
  return <Status tone={of.state === 'read' ? 'ok' : 'bad'}>{t(`payload.${of.state}`)}</Status>;
}

/** One payload as it came; looking at it goes on record. */
export function PayloadScreen({ id }: { readonly id: string }) {
  const t = useWords(SOURCE_WORDS);
  const payload = useRead(['carrier-payloads', 'one', id], (signal) =>
    api.get('/v1/carrier-payloads/{carrier_payload_id}', {
      params: { path: { carrier_payload_id: id } },
      signal,
    }),
  );
  return (
    <Page title={payload.data?.payload.format ?? t('payload.title')} lead={<CopyId value={id} />}>
      <Read of={payload} rows={10}>
        {({ payload: one, text }) => (
          <>
            <Card>
              <Facts
                of={[
                  [t('payload.state'), <PayloadState key="state" of={one} />],
                  [t('payload.fault'), one.fault],
                  [t('payload.way'), t(`way.${one.way}`)],
                  [t('payload.type'), one.content_type],
                  [t('payload.size'), one.size_bytes],
                  [t('payload.times'), one.times],
                  [t('payload.first'), <Moment key="first" at={one.received_at} whole />],
                  [t('payload.last'), <Moment key="last" at={one.last_received_at} whole />],
                ]}
              />
            </Card>
            <ReadAgain id={id} />
            <Card title={t('payload.text')}>
              <p className="mb-3 text-sm text-soft">{t('payload.text_hint')}</p>
              <pre className="max-h-96 overflow-auto rounded-md bg-sunk p-3 text-sm whitespace-pre-wrap wrap-anywhere">
                {text}
              </pre>
            </Card>
          </>
        )}
      </Read>
    </Page>
  );
}

function ReadAgain({ id }: { readonly id: string }) {
  const t = useWords(SOURCE_WORDS);
  const may = useMay();
  const act = useAct(
    () =>
      api.post('/v1/carrier-payloads/{carrier_payload_id}/reading', {
        params: { path: { carrier_payload_id: id } },
      }),
    {
      touches: [['carrier-payloads'], ['timeline']],
      done: ({ accepted, duplicates, refused }) =>
        toast('ok', t('payload.again_done', { accepted, duplicates, refused })),
    },
  );
  if (!may('readCarrierPayloadAgain')) return null;
  return (
    <Card title={t('payload.again')}>
      <p className="mb-3 text-sm text-soft">{t('payload.again_hint')}</p>
      <ActForm act={act} submit={t('payload.again')}>
        {null}
      </ActForm>
    </Card>
  );
}
