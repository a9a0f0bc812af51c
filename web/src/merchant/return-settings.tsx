import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { isAmount, majorOf, minorOf } from '../ground/minor.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Checkbox, Choices, Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { DESK_WORDS } from '../returns-desk/words.ts';
import { RETURN_WORDS } from '../words/returns.ts';
import { emptyParty, PartyForm, partyOf } from './party-form.tsx';

type Settings = components['schemas']['ReturnSettings'];
const GOODS = everyWord<
  | 'normal'
  | 'battery_contained'
  | 'battery_only'
  | 'cosmetics_non_liquid'
  | 'liquid'
  | 'powder'
  | 'magnetic'
  | 'special'
  | 'breakable'
>({
  normal: true,
  battery_contained: true,
  battery_only: true,
  cosmetics_non_liquid: true,
  liquid: true,
  powder: true,
  magnetic: true,
  special: true,
  breakable: true,
});

/** What a merchant gives beyond the marketplace's rules, and where goods come back to. */
export function ReturnSettings() {
  const t = useWords(DESK_WORDS);
  const settings = useRead(['return-settings'], (signal) => api.get('/v1/return-settings', { signal }));
  return (
    <Page title={t('settings')} lead={t('settings.lead')}>
      <p className="mb-3">
        <Link className="text-accent hover:underline" href="/merchant/returns">
          {t('title')}
        </Link>
      </p>
      <Read of={settings}>{(found) => <SettingsForm key={found.changed_at ?? ''} of={found} />}</Read>
    </Page>
  );
}

function draftOf(of: Settings) {
  return {
    window: of.window_days === undefined ? '' : String(of.window_days),
    auto: of.auto_agree_up_to === undefined ? '' : majorOf(of.auto_agree_up_to),
    currency: of.auto_agree_up_to?.currency ?? 'CNY',
    restocking: String(of.restocking_percent),
    free: of.free_returns,
    excluded: new Set(of.excluded_goods_classes),
    carrier: of.carrier_code ?? '',
  };
}
type SettingsDraft = ReturnType<typeof draftOf>;

function SettingsForm({ of }: { readonly of: Settings }) {
  const t = useWords(DESK_WORDS);
  const r = useWords(RETURN_WORDS);
  const may = useMay();
  const [draft, setDraft] = useState(() => draftOf(of));
  const [address, setAddress] = useState<'keep' | 'change' | 'remove'>('keep');
  const [party, setParty] = useState(() => emptyParty(of.return_to?.country ?? 'CN'));
  const set = (more: Partial<SettingsDraft>) => setDraft({ ...draft, ...more });
  const act = useAct(
    () =>
      api.put('/v1/return-settings', {
        body: {
          ...(draft.window.trim() === '' ? {} : { window_days: Number(draft.window) }),
          ...(draft.auto.trim() === ''
            ? {}
            : {
                auto_agree_up_to: {
                  amount_minor: minorOf(draft.auto, draft.currency),
                  currency: draft.currency,
                },
              }),
          ...(draft.carrier.trim() === '' ? {} : { carrier_code: draft.carrier.trim() }),
          excluded_goods_classes: GOODS.filter((one) => draft.excluded.has(one)),
          restocking_percent: Number(draft.restocking),
          free_returns: draft.free,
          ...(address === 'keep' ? {} : { return_to: address === 'change' ? partyOf(party) : null }),
        },
      }),
    { touches: [['return-settings']], done: () => toast('ok', t('settings.saved')) },
  );
  const errors = fieldErrors(act.error);
  const isAuto = draft.auto.trim() === '' || (isAmount(draft.auto) && /^[A-Z]{3}$/.test(draft.currency));
  const fields = (
    <>
      <Card>
        <Limits {...{ draft, set, errors }} />
        <fieldset className="mt-4 grid gap-1">
          <legend className="mb-1 text-sm font-medium">{t('settings.excluded')}</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-1">
            {GOODS.map((one) => (
              <Checkbox
                key={one}
                label={r(`goods.${one}`)}
                checked={draft.excluded.has(one)}
                onCheck={(checked) => {
                  const excluded = new Set(draft.excluded);
                  if (checked) excluded.add(one);
                  else excluded.delete(one);
                  set({ excluded });
                }}
              />
            ))}
          </div>
        </fieldset>
      </Card>
      <Card title={t('settings.address')}>
        <AddressNow of={of} />
        <div className="my-3">
          <Choices
            legend={t('settings.address.what')}
            value={address}
            onChoice={setAddress}
            choices={(
              ['keep', 'change', ...(of.return_to === undefined ? [] : ['remove' as const])] as const
            ).map((value) => ({ value, label: t(`settings.address.${value}`) }))}
          />
        </div>
        {address === 'change' && (
          <PartyForm draft={party} onDraft={setParty} errors={errors} at="/return_to" />
        )}
      </Card>
    </>
  );
  if (!may('putReturnSettings')) return <fieldset disabled>{fields}</fieldset>;
  return (
    <ActForm act={act} submit={t('settings.save')} disabled={!isAuto}>
      {fields}
    </ActForm>
  );
}

function Limits({
  draft,
  set,
  errors,
}: {
  readonly draft: SettingsDraft;
  readonly set: (more: Partial<SettingsDraft>) => void;
  readonly errors: Readonly<Record<string, string>>;
}) {
  const t = useWords(DESK_WORDS);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('settings.window')} hint={t('settings.window.hint')} error={errors['/window_days']}>
        <Input inputMode="numeric" value={draft.window} onText={(window) => set({ window })} maxLength={3} />
      </Field>
      <Field label={t('settings.carrier')} hint={t('settings.carrier.hint')} error={errors['/carrier_code']}>
        <Input mono value={draft.carrier} onText={(carrier) => set({ carrier })} maxLength={64} />
      </Field>
      <div className="grid grid-cols-[1fr_6rem] gap-2">
        <Field
          label={t('settings.auto')}
          hint={t('settings.auto.hint')}
          error={
            draft.auto.trim() === '' || isAmount(draft.auto)
              ? errors['/auto_agree_up_to/amount_minor']
              : t('amount.wrong')
          }
        >
          <Input inputMode="decimal" value={draft.auto} onText={(auto) => set({ auto })} maxLength={12} />
        </Field>
        <Field label={t('settings.currency')} error={errors['/auto_agree_up_to/currency']}>
          <Input
            mono
            value={draft.currency}
            onText={(text) => set({ currency: text.toUpperCase() })}
            maxLength={3}
          />
        </Field>
      </div>
      <Field
        label={t('settings.restocking')}
        hint={t('settings.restocking.hint')}
        error={errors['/restocking_percent']}
      >
        <Input
          inputMode="numeric"
          value={draft.restocking}
          onText={(restocking) => set({ restocking })}
          maxLength={2}
        />
      </Field>
      <Checkbox label={t('settings.free')} checked={draft.free} onCheck={(free) => set({ free })} />
    </div>
  );
}

function AddressNow({ of }: { readonly of: Settings }) {
  const t = useWords(DESK_WORDS);
  const { country } = useFormats();
  if (of.return_to === undefined) return <p className="text-soft">{t('settings.address.none')}</p>;
  const { city, postcode, country: code } = of.return_to;
  const place = [postcode, city, country(code)].filter(Boolean).join(' ');
  return <Notice tone="idle">{t('settings.address.now', { place })}</Notice>;
}
