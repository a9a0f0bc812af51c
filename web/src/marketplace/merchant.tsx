import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { People } from '../office/members.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

type Organisation = components['schemas']['Organisation'];

/** One merchant with its people; the first administrator is invited here. */
export function MerchantDetail({ id }: { readonly id: string }) {
  const t = useWords(MARKETPLACE_WORDS);
  const { country } = useFormats();
  const merchant = useRead(['merchants', id], (signal) =>
    api.get('/v1/organisations/{organisation_id}', { params: { path: { organisation_id: id } }, signal }),
  );
  const found = merchant.data;
  return (
    <Page
      title={found?.name ?? t('merchant')}
      lead={
        <span className="flex flex-wrap items-center gap-x-3">
          {found && country(found.country)}
          <CopyId value={id} />
        </span>
      }
      actions={found && <Rename merchant={found} />}
    >
      <Read of={merchant} rows={6}>
        {(one) => (
          <>
            <p className="mb-3 text-soft">{t('merchant.lead')}</p>
            <People organisationId={one.id} roles={['merchant_admin', 'merchant_clerk']} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Rename({ merchant }: { readonly merchant: Organisation }) {
  const t = useWords(MARKETPLACE_WORDS);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(merchant.name);
  const act = useAct(
    () =>
      api.patch('/v1/organisations/{organisation_id}', {
        params: { path: { organisation_id: merchant.id } },
        body: { name: name.trim() },
      }),
    {
      touches: [['merchants']],
      done: () => {
        setOpen(false);
        toast('ok', t('merchant.renamed'));
      },
    },
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('merchant.rename')}</Button>
      <Dialog title={t('merchant.rename')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('merchant.rename')}>
          <Field label={t('merchant.name')} error={fieldErrors(act.error)['/name']}>
            <Input required maxLength={120} value={name} onText={setName} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
