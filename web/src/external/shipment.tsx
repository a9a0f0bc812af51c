import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { instantOf, localOf } from '../ground/instants.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Weight } from '../kit/values.tsx';
import { CountryField } from '../office/country-field.tsx';
import { CarrierName } from '../parcels/carrier-name.tsx';
import { ReportsOfParcel } from '../parcels/reports.tsx';
import { BuyerLink } from '../parcels/shipment-link.tsx';
import { ParcelTimeline } from '../parcels/shipment-timeline.tsx';
import { VerificationState } from '../verifications/parts.tsx';
import {
  type ExternalShipment,
  ExternalState,
  HEAVIEST_GRAMS,
  Hold,
  OTHER_CARRIER,
  TrackingStatus,
  useCarrierChoices,
} from './parts.tsx';
import { EXTERNAL_WORDS } from './words.ts';

const LONGEST_REASON = 200;

/** One declaration with every number that was declared for it. */
export function ExternalShipmentDetail({ id }: { readonly id: string }) {
  const t = useWords(EXTERNAL_WORDS);
  const at = useFaceAddress();
  const may = useMay();
  const shipment = useRead(['external-shipments', 'one', id], (signal) =>
    api.get('/v1/external-shipments/{external_shipment_id}', {
      params: { path: { external_shipment_id: id } },
      signal,
    }),
  );
  return (
    <Page
      title={shipment.data?.number ?? t('title')}
      lead={<CopyId value={id} />}
      actions={may('declareShipments') && <ButtonLink to={at('/external')}>{t('back')}</ButtonLink>}
    >
      <Read of={shipment} rows={8}>
        {(one) => (
          <>
            <Head of={one} />
            {one.hold === 'own' && one.parcel_id !== undefined && (
              <Parcel id={one.parcel_id} number={one.number} />
            )}
            <History of={one} />
            {one.state === 'declared' && may('correctExternalShipment') && <Correct of={one} />}
            {one.state === 'declared' && may('withdrawExternalShipment') && <Withdraw of={one} />}
          </>
        )}
      </Read>
    </Page>
  );
}

/** What is known of the parcel that the number leads to, and how its buyer follows it. */
function Parcel({ id, number }: { readonly id: string; readonly number: string }) {
  const may = useMay();
  return (
    <>
      {may('listStatusReports') && <ReportsOfParcel parcelId={id} />}
      {may('createBuyerLink') && <BuyerLink parcelId={id} />}
      {may('readParcelTimeline') && <ParcelTimeline parcel={{ id, number }} isAlone />}
    </>
  );
}

function Head({ of }: { readonly of: ExternalShipment }) {
  const t = useWords(EXTERNAL_WORDS);
  const at = useFaceAddress();
  return (
    <Card>
      {of.state === 'declared' && of.hold === 'shared' && (
        <div className="mb-4">
          <Notice tone="warn">{t('hold.shared_hint')}</Notice>
        </div>
      )}
      <Facts
        of={[
          [t('state'), <ExternalState key="state" of={of.state} />],
          [t('hold'), <Hold key="hold" of={of.hold} />],
          [t('tracking'), <TrackingStatus key="tracking" of={of.tracking_status} />],
          [t('verification'), <VerificationOf key="verification" of={of} />],
          [
            t('order'),
            <Link key="order" className="text-accent hover:underline" href={at(`/orders/${of.order_id}`)}>
              {of.order_reference}
            </Link>,
          ],
          [t('carrier'), <CarrierName key="carrier" code={of.carrier_code} />],
          [t('send'), t(`send.${of.send_type}`)],
          [t('service'), of.service_name],
          [t('from'), of.ship_from_country],
          [t('weight'), of.weight_grams && <Weight key="weight" grams={of.weight_grams} />],
          [t('shipped'), of.shipped_at && <Moment key="shipped" at={of.shipped_at} whole />],
          [t('declared'), <Moment key="declared" at={of.declared_at} whole />],
          [t('first_scan'), of.first_scan_at && <Moment key="first" at={of.first_scan_at} whole />],
          [t('delivered'), of.delivered_at && <Moment key="delivered" at={of.delivered_at} whole />],
          [t('description'), of.description],
          [t('reason'), of.withdrawal_reason],
        ]}
      />
    </Card>
  );
}

/** The state of the case that this declaration opened, with the way to its page. */
function VerificationOf({ of }: { readonly of: ExternalShipment }) {
  const t = useWords(EXTERNAL_WORDS);
  const at = useFaceAddress();
  if (of.verification_id === undefined || of.verification_state === undefined) return '–';
  return (
    <span className="grid justify-items-start gap-1">
      <VerificationState of={of.verification_state} />
      <Link className="text-accent hover:underline" href={at(`/verifications/${of.verification_id}`)}>
        {t('verification.open')}
      </Link>
    </span>
  );
}

function History({ of }: { readonly of: ExternalShipment }) {
  const t = useWords(EXTERNAL_WORDS);
  return (
    <Card title={t('history')}>
      {of.history.length === 0 ? (
        <p className="text-soft">{t('history.none')}</p>
      ) : (
        <Table
          label={t('history')}
          rows={of.history}
          rowId={(one) => one.declared_at}
          columns={[
            {
              id: 'number',
              label: t('number'),
              isName: true,
              cell: (one) => <span className="number">{one.number}</span>,
            },
            { id: 'carrier', label: t('carrier'), cell: (one) => <CarrierName code={one.carrier_code} /> },
            { id: 'declared', label: t('declared'), cell: (one) => <Moment at={one.declared_at} /> },
            { id: 'until', label: t('until'), cell: (one) => <Moment at={one.replaced_at} /> },
            { id: 'reason', label: t('reason'), cell: (one) => one.reason },
          ]}
        />
      )}
    </Card>
  );
}

const TOUCHES = [['external-shipments'], ['orders'], ['verifications']];
const paramsOf = ({ id }: ExternalShipment) => ({ path: { external_shipment_id: id } });

/** What a declaration says, as fields of a form. */
const saidOf = (of: ExternalShipment) => ({
  carrier_code: of.carrier_code,
  number: of.number,
  tracking_site: of.tracking_site ?? '',
  service_name: of.service_name ?? '',
  shipped_at: of.shipped_at === undefined ? '' : localOf(new Date(of.shipped_at)),
  ship_from_country: of.ship_from_country ?? '',
  weight_grams: of.weight_grams === undefined ? '' : String(of.weight_grams),
  description: of.description ?? '',
});
type Said = ReturnType<typeof saidOf>;

const NEEDED: ReadonlySet<keyof Said> = new Set(['carrier_code', 'number']);

/** What is another now; a detail that was emptied is taken away. */
function changesOf(before: Said, now: Said) {
  const changed = (Object.keys(now) as (keyof Said)[]).filter(
    (key) => now[key].trim() !== before[key] && (now[key].trim() !== '' || !NEEDED.has(key)),
  );
  return Object.fromEntries(
    changed.map((key) => {
      const text = now[key].trim();
      if (text === '') return [key, null];
      if (key === 'weight_grams') return [key, Number(text)];
      return [key, key === 'shipped_at' ? instantOf(text) : text];
    }),
  );
}

function Correct({ of }: { readonly of: ExternalShipment }) {
  const t = useWords(EXTERNAL_WORDS);
  // As it stood when the form was filled: what others said meanwhile is not emptied by it.
  const [before, setBefore] = useState(() => saidOf(of));
  const [said, setSaid] = useState(before);
  const [reason, setReason] = useState('');
  const choices = useCarrierChoices();
  const changes = changesOf(before, said);
  const act = useAct(
    () =>
      api.patch('/v1/external-shipments/{external_shipment_id}', {
        params: paramsOf(of),
        body: { ...changes, reason: reason.trim() },
      }),
    {
      touches: TOUCHES,
      done: (corrected) => {
        const now = saidOf(corrected);
        setBefore(now);
        setSaid(now);
        setReason('');
        toast('ok', t('correct.done'));
      },
    },
  );
  const put = (key: keyof Said) => ({
    value: said[key],
    onText: (text: string) => setSaid({ ...said, [key]: text }),
  });
  return (
    <Card title={t('correct')}>
      <p className="mb-4 text-sm text-soft">{t('correct.hint')}</p>
      <ActForm
        act={act}
        submit={t('correct.do')}
        disabled={Object.keys(changes).length === 0 || reason.trim() === ''}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('carrier')}>
            <Select
              value={said.carrier_code}
              onChoice={(carrier_code) => setSaid({ ...said, carrier_code })}
              choices={choices}
            />
          </Field>
          {said.carrier_code === OTHER_CARRIER && (
            <Field label={t('site')}>
              <Input required type="url" maxLength={300} {...put('tracking_site')} />
            </Field>
          )}
          <Field label={t('number')}>
            <Input required mono maxLength={64} {...put('number')} />
          </Field>
          <Field label={t('service')}>
            <Input maxLength={100} {...put('service_name')} />
          </Field>
          <Field label={t('shipped')}>
            <Input type="datetime-local" {...put('shipped_at')} />
          </Field>
          <CountryField
            label={t('from')}
            value={said.ship_from_country}
            onCountry={(ship_from_country) => setSaid({ ...said, ship_from_country })}
          />
          <Field label={t('weight.grams')} hint={t('weight.hint')}>
            <Input type="number" min={1} max={HEAVIEST_GRAMS} step={1} {...put('weight_grams')} />
          </Field>
          <Field label={t('description')}>
            <Input maxLength={512} {...put('description')} />
          </Field>
        </div>
        <Field label={t('reason')}>
          <Input required maxLength={LONGEST_REASON} value={reason} onText={setReason} />
        </Field>
      </ActForm>
    </Card>
  );
}

function Withdraw({ of }: { readonly of: ExternalShipment }) {
  const t = useWords(EXTERNAL_WORDS);
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/external-shipments/{external_shipment_id}/withdrawal', {
        params: paramsOf(of),
        body: { reason: reason.trim() },
      }),
    { touches: TOUCHES, done: () => toast('ok', t('withdraw.done')) },
  );
  return (
    <Card title={t('withdraw')}>
      <p className="mb-4 text-sm text-soft">{t('withdraw.hint')}</p>
      <ActForm act={act} submit={t('withdraw.do')} look="danger" disabled={reason.trim() === ''}>
        <Field label={t('reason')}>
          <Input required maxLength={LONGEST_REASON} value={reason} onText={setReason} />
        </Field>
      </ActForm>
    </Card>
  );
}
