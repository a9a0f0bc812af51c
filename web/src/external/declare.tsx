import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Checkbox, Choices, Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { CountryField } from '../office/country-field.tsx';
import { WhoseNumber } from '../parcels/whose-number.tsx';
import { HEAVIEST_GRAMS, OTHER_CARRIER, useCarrierChoices } from './parts.tsx';
import { EXTERNAL_WORDS } from './words.ts';

const SEND_TYPES = ['all', 'part'] as const;
/** Shorter texts are no number that could be somebody's. */
const SHORTEST_NUMBER = 4;

/** One declaration; another number of the same order is the next one. */
export function DeclareShipment() {
  const t = useWords(EXTERNAL_WORDS);
  const at = useFaceAddress();
  const [, go] = useLocation();
  const [order, setOrder] = useAddressWord('order');
  const [carrier, setCarrier] = useState('');
  const [site, setSite] = useState('');
  const [number, setNumber] = useState('');
  const [send, setSend] = useState<(typeof SEND_TYPES)[number]>('all');
  const [service, setService] = useState('');
  const [shipped, setShipped] = useState('');
  const [from, setFrom] = useState('');
  const [grams, setGrams] = useState('');
  const [description, setDescription] = useState('');
  const [isMeant, setMeant] = useState(false);
  const choices = useCarrierChoices();
  const act = useAct(
    async () => {
      const { results } = await api.post('/v1/external-shipments', {
        body: {
          shipments: [
            {
              object_id: 'form',
              shipment: {
                order_reference: order.trim(),
                carrier_code: carrier,
                number: number.trim(),
                send_type: send,
                ...(carrier === OTHER_CARRIER ? { tracking_site: site.trim() } : {}),
                ...(service.trim() === '' ? {} : { service_name: service.trim() }),
                ...(shipped === '' ? {} : { shipped_at: new Date(shipped).toISOString() }),
                ...(from === '' ? {} : { ship_from_country: from }),
                ...(grams === '' ? {} : { weight_grams: Number(grams) }),
                ...(description.trim() === '' ? {} : { description: description.trim() }),
                ...(isMeant ? { despite_correction: true } : {}),
              },
            },
          ],
        },
      });
      return results[0];
    },
    {
      touches: [['external-shipments'], ['orders'], ['verifications']],
      done: (made) => {
        if (made?.external_shipment_id === undefined) return;
        toast('ok', t(made.outcome === 'created' ? 'declare.done' : 'declare.existing'));
        go(at(`/external/${made.external_shipment_id}`));
      },
    },
  );
  const refusal = act.data?.error;
  const isComplete = order.trim() !== '' && carrier !== '' && number.trim() !== '';
  return (
    <Page
      title={t('declare')}
      lead={t('declare.lead')}
      actions={<ButtonLink to={at('/external')}>{t('back')}</ButtonLink>}
    >
      <Card>
        <ActForm act={act} submit={t('declare.do')} disabled={!isComplete}>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('order')} hint={t('order.hint')}>
              <Input required maxLength={64} value={order} onText={setOrder} />
            </Field>
            <Field label={t('carrier')}>
              <Select
                required
                value={carrier}
                onChoice={setCarrier}
                choices={[{ value: '', label: '–' }, ...choices]}
              />
            </Field>
            {carrier === OTHER_CARRIER && (
              <Field label={t('site')}>
                <Input required type="url" maxLength={300} value={site} onText={setSite} />
              </Field>
            )}
            <div className="grid content-start gap-1">
              <Field label={t('number')}>
                <Input required mono maxLength={64} value={number} onText={setNumber} />
              </Field>
              {number.trim().length >= SHORTEST_NUMBER && <WhoseNumber text={number} />}
            </div>
            <Field label={t('service')} hint={t('service.hint')}>
              <Input maxLength={100} value={service} onText={setService} />
            </Field>
            <Field label={t('shipped')}>
              <Input type="datetime-local" value={shipped} onText={setShipped} />
            </Field>
            <CountryField label={t('from')} value={from} onCountry={setFrom} />
            <Field label={t('weight.grams')} hint={t('weight.hint')}>
              <Input type="number" min={1} max={HEAVIEST_GRAMS} step={1} value={grams} onText={setGrams} />
            </Field>
            <Field label={t('description')}>
              <Input maxLength={512} value={description} onText={setDescription} />
            </Field>
          </div>
          <Choices
            legend={t('send')}
            value={send}
            onChoice={setSend}
            choices={SEND_TYPES.map((one) => ({ value: one, label: t(`send.${one}`) }))}
          />
          {refusal !== undefined && (
            <Notice tone="bad">
              {refusal.detail || refusal.errors?.map(({ message }) => message).join(' ') || refusal.code}
            </Notice>
          )}
          {(isMeant || refusal?.code === 'external_number_corrected') && (
            <Checkbox label={t('declare.despite')} checked={isMeant} onCheck={setMeant} />
          )}
        </ActForm>
      </Card>
    </Page>
  );
}
