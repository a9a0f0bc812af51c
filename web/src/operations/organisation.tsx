import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { minorOf } from '../ground/minor.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts } from '../kit/values.tsx';
import { KeysOf } from '../office/api-keys.tsx';
import { People } from '../office/members.tsx';
import type { KeyRole } from '../office/roles.tsx';
import { type Organisation, OrganisationName } from './organisation-name.tsx';
import { PARTNER_WORDS } from './words.ts';

type PersonRole = components['schemas']['Person']['role'];
/** What people of each kind of organisation can be, the least powerful first. */
const ROLES: Readonly<Record<Organisation['kind'], readonly [PersonRole, ...PersonRole[]]>> = {
  operator: ['auditor', 'customer_service', 'risk_inspector', 'finance', 'operator'],
  marketplace: ['marketplace_staff'],
  merchant: ['merchant_clerk', 'merchant_admin'],
  carrier: ['courier', 'carrier'],
  warehouse: ['warehouse_staff'],
  point_operator: ['point_staff', 'point_clerk'],
};

/** What programs of each kind can be: as its people, and for a merchant a program of its own kind. */
const KEY_ROLES: Readonly<Record<Organisation['kind'], readonly [KeyRole, ...KeyRole[]]>> = {
  ...ROLES,
  merchant: ['merchant_app', ...ROLES.merchant],
};

export function OrganisationDetail({ id }: { readonly id: string }) {
  const t = useWords(PARTNER_WORDS);
  const { country } = useFormats();
  const may = useMay();
  const found = useRead(['organisations', id], (signal) =>
    api.get('/v1/organisations/{organisation_id}', { params: { path: { organisation_id: id } }, signal }),
  );
  return (
    <Page
      title={found.data?.name ?? t('organisation')}
      lead={<CopyId value={id} />}
      actions={
        found.data && (
          <>
            {may('openWallet') && <OpenWallet id={id} />}
            {may('renameOrganisation') && <Rename organisation={found.data} />}
          </>
        )
      }
    >
      <Read of={found}>
        {(one) => (
          <>
            <Card
              actions={
                may('listAudit') && (
                  <Link className="text-accent hover:underline" href={`/operations/audit?subject=${id}`}>
                    {t('organisation.audit')}
                  </Link>
                )
              }
            >
              <Facts
                of={[
                  [t('organisation.kind'), t(`kind.${one.kind}`)],
                  [t('organisation.country'), country(one.country)],
                  [
                    t('organisation.platform'),
                    <OrganisationName key="platform" id={one.client_platform_id} link />,
                  ],
                  [
                    t('carrier'),
                    one.carrier_code && (
                      <Link
                        key="carrier"
                        className="number text-accent hover:underline"
                        href={`/operations/carriers/${one.carrier_code}`}
                      >
                        {one.carrier_code}
                      </Link>
                    ),
                  ],
                ]}
              />
            </Card>
            {may('listApiKeys') && one.kind !== 'operator' && (
              <KeysOf organisationId={id} roles={KEY_ROLES[one.kind]} />
            )}
            {may('listPeople') && <People organisationId={id} roles={ROLES[one.kind]} />}
          </>
        )}
      </Read>
    </Page>
  );
}

function Rename({ organisation }: { readonly organisation: Organisation }) {
  const t = useWords(PARTNER_WORDS);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(organisation.name);
  const act = useAct(
    () =>
      api.patch('/v1/organisations/{organisation_id}', {
        params: { path: { organisation_id: organisation.id } },
        body: { name: name.trim() },
      }),
    {
      touches: [['organisations']],
      done: () => {
        setOpen(false);
        toast('ok', t('organisation.renamed'));
      },
    },
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('organisation.rename')}</Button>
      <Dialog title={t('organisation.rename')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('organisation.rename')}>
          <Field label={t('organisation.name')} error={fieldErrors(act.error)['/name']}>
            <Input required maxLength={200} value={name} onText={setName} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}

function OpenWallet({ id }: { readonly id: string }) {
  const t = useWords(PARTNER_WORDS);
  const [open, setOpen] = useState(false);
  const [currency, setCurrency] = useState('');
  const [limit, setLimit] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/wallets', {
        body: {
          organisation_id: id,
          currency,
          ...(limit === '' ? {} : { credit_limit_minor: minorOf(limit, currency) }),
        },
      }),
    {
      touches: [['wallets']],
      done: () => {
        setOpen(false);
        toast('ok', t('wallet.opened'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('wallet.open')}</Button>
      <Dialog title={t('wallet.open')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('wallet.open')}>
          <Field label={t('wallet.currency')} hint={t('wallet.currency_hint')} error={errors['/currency']}>
            <Input
              required
              mono
              pattern="[A-Z]{3}"
              maxLength={3}
              value={currency}
              onText={(text) => setCurrency(text.trim().toUpperCase())}
            />
          </Field>
          <Field
            label={t('wallet.limit')}
            hint={t('wallet.limit_hint')}
            error={errors['/credit_limit_minor']}
          >
            <Input inputMode="decimal" pattern="\d+([.,]\d{1,3})?" value={limit} onText={setLimit} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
