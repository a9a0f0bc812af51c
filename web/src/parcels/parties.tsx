import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useMay, useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { MaskedPartyLines } from './place.tsx';
import { PARCEL_WORDS } from './words.ts';

type Party = components['schemas']['MaskedParty'];

/** What the network's own staff looks for; the rulebook of reveals says which of them a role really has. */
const STAFF_PURPOSES = [
  'customer_contact',
  'claim',
  'fraud_investigation',
  'data_subject_request',
  'legal_request',
] as const satisfies readonly components['schemas']['Reveal']['purpose'][];
type Purpose = (typeof STAFF_PURPOSES)[number];
/** Where each role of the network begins; everybody else shows parties to talk to the customer. */
const FIRST_PURPOSE: Readonly<Record<string, Purpose>> = {
  operator: 'legal_request',
  customer_service: 'customer_contact',
  risk_inspector: 'fraud_investigation',
};

/** Sender and recipient masked; in full only by a logged look. */
export function Parties({
  sender,
  recipient,
}: {
  readonly sender?: Party | undefined;
  readonly recipient?: Party | undefined;
}) {
  const t = useWords(PARCEL_WORDS);
  return (
    <Card title={t('shipment.parties')}>
      <div className="grid gap-5 sm:grid-cols-2">
        {sender && <OneParty title={t('order.sender')} party={sender} />}
        {recipient && <OneParty title={t('order.recipient')} party={recipient} />}
      </div>
      <p className="mt-3 text-xs text-soft">{t('shipment.reveal_hint')}</p>
    </Card>
  );
}

function OneParty({ title, party }: { readonly title: string; readonly party: Party }) {
  const t = useWords(PARCEL_WORDS);
  const { country } = useFormats();
  const may = useMay();
  const first = FIRST_PURPOSE[useSession().person.role];
  const [purpose, setPurpose] = useState(first ?? 'customer_contact');
  const reveal = useAct(() =>
    api.post('/v1/parties/{party_id}/reveals', {
      params: { path: { party_id: party.id } },
      body: { purpose, fields: ['name', 'phone', 'address'] },
    }),
  );
  const shown = reveal.data?.party;
  return (
    <div className="grid content-start gap-2">
      <h3 className="caption">{title}</h3>
      {shown === undefined ? (
        <MaskedPartyLines of={party} />
      ) : (
        <address className="not-italic">
          {[
            shown.name,
            shown.phone,
            ...(shown.address?.lines ?? []),
            [shown.address?.postcode, shown.address?.city].filter(Boolean).join(' '),
            shown.address && country(shown.address.country),
          ]
            .filter(Boolean)
            .map((line) => (
              <span key={line} className="block">
                {line}
              </span>
            ))}
        </address>
      )}
      {reveal.error && <Failure error={reveal.error} />}
      {shown === undefined && may('revealParty') && (
        <div className="flex flex-wrap items-end gap-2">
          {first && (
            <Field label={t('shipment.purpose')}>
              <Select
                value={purpose}
                onChoice={setPurpose}
                choices={STAFF_PURPOSES.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
              />
            </Field>
          )}
          <Button size="small" busy={reveal.isPending} onClick={() => reveal.mutate(undefined)}>
            {t('shipment.reveal')}
          </Button>
        </div>
      )}
    </div>
  );
}
