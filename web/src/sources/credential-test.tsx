import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Notice } from '../kit/status.tsx';
import { OutcomeName } from './outcome-name.tsx';
import { SOURCE_WORDS } from './words.ts';

type Credential = components['schemas']['TrackingCredential'];

/** Asks the carrier about one number that it knows, and tells what came of it. */
export function CredentialTest({ of, onClose }: { readonly of: Credential; readonly onClose: () => void }) {
  const t = useWords(SOURCE_WORDS);
  const [number, setNumber] = useState('');
  const [carrier, setCarrier] = useState(of.carriers[0] ?? '');
  const act = useAct(
    () =>
      api.post('/v1/tracking-credentials/{tracking_credential_id}/test', {
        params: { path: { tracking_credential_id: of.id } },
        body: { number: number.trim(), ...(carrier === '' ? {} : { carrier_code: carrier }) },
      }),
    { touches: [['sources']] },
  );
  const errors = fieldErrors(act.error);
  return (
    <Dialog open onOpen={onClose} title={t('connect.test_title', { connector: of.connector })}>
      <ActForm act={act} submit={t('connect.test')} disabled={number.trim() === ''}>
        <Field label={t('connect.number')} hint={t('connect.number_hint')} error={errors['/number']}>
          <Input mono maxLength={40} value={number} onText={setNumber} />
        </Field>
        {of.carriers.length > 1 && (
          <Field label={t('connect.carrier')} error={errors['/carrier_code']}>
            <Select
              value={carrier}
              onChoice={setCarrier}
              choices={of.carriers.map((code) => ({ value: code, label: code }))}
            />
          </Field>
        )}
      </ActForm>
      {act.data && (
        <div className="mt-4">
          <Notice tone={act.data.outcome === 'read' ? 'ok' : 'bad'}>
            <p className="font-semibold">
              <OutcomeName of={act.data.outcome} />
            </p>
            <p>{t('connect.told', { parcels: act.data.parcels, scans: act.data.scans })}</p>
            {act.data.retry_after_seconds !== undefined && (
              <p>{t('connect.retry_after', { count: act.data.retry_after_seconds })}</p>
            )}
            {act.data.errors.map(({ name, message }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a carrier may say the same twice
              <p key={index} className="wrap-anywhere">
                {name}: {message}
              </p>
            ))}
          </Notice>
        </div>
      )}
    </Dialog>
  );
}
