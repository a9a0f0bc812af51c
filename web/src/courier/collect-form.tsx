import { useState } from 'react';
import { BigChoices } from '../field/big-choices.tsx';
import { ScanBox } from '../field/scan-box.tsx';
import { numberIn, plainCode } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Notice } from '../kit/status.tsx';
import type { CollectedParcel, Pickup } from './tasks.ts';
import { useVisitAct } from './visit-act.ts';
import { COURIER_WORDS } from './words.ts';

type Outcome = CollectedParcel['outcome'];
type Reason = NonNullable<CollectedParcel['reason']>;
const OUTCOMES = ['collected', 'not_ready', 'refused'] as const satisfies readonly Outcome[];
const REASONS: Readonly<Record<'not_ready' | 'refused', readonly Reason[]>> = {
  not_ready: ['not_packed', 'label_missing', 'other'],
  refused: ['prohibited', 'over_limits', 'packaging_damaged', 'label_missing', 'other'],
};
type Told = { readonly outcome: Outcome; readonly reason: Reason | undefined };

/** As the merchant's screen shows it as a QR code. */
const MERCHANT_CODE = /^\d{4}$/;

/** The merchant's four digits, and every parcel once: collected by scan, or why not. */
export function CollectForm({ pickup }: { readonly pickup: Pickup }) {
  const t = useWords(COURIER_WORDS);
  const f = useWords(FIELD_WORDS);
  const [told, setTold] = useState<ReadonlyMap<string, Told>>(new Map());
  const [code, setCode] = useState('');
  const [unknown, setUnknown] = useState<string>();
  const { act, isBusy } = useVisitAct(pickup);
  const tell = (id: string, what: Told) => setTold((before) => new Map(before).set(id, what));
  const needsCode = pickup.state !== 'code_verified';
  const onCode = (scanned: string) => {
    const number = numberIn(
      scanned,
      pickup.parcels.map((parcel) => parcel.number),
    );
    const parcel = pickup.parcels.find((one) => one.number === number);
    const isCode = parcel === undefined && needsCode && MERCHANT_CODE.test(plainCode(scanned));
    if (parcel !== undefined) tell(parcel.parcel_id, { outcome: 'collected', reason: undefined });
    if (isCode) setCode(plainCode(scanned));
    setUnknown(parcel === undefined && !isCode ? scanned : undefined);
  };
  const missing = missingIn(pickup, told, needsCode ? code : undefined);
  const parcels = pickup.parcels.flatMap(({ parcel_id }): CollectedParcel[] => {
    const one = told.get(parcel_id);
    if (one === undefined) return [];
    const reason = one.outcome === 'collected' ? {} : { reason: one.reason ?? 'other' };
    return [{ parcel_id, outcome: one.outcome, ...reason } as CollectedParcel];
  });
  return (
    <>
      {needsCode && (
        <Card>
          <Field label={t('collect.code')} hint={t('collect.code_hint')}>
            <Input
              inputMode="numeric"
              maxLength={4}
              value={code}
              onText={(text) => setCode(text.replace(/\D/g, ''))}
              mono
            />
          </Field>
        </Card>
      )}
      <Card title={t('collect.parcels', { done: told.size, all: pickup.parcels.length })}>
        <ScanBox onCode={onCode} keepsCamera />
        {unknown !== undefined && (
          <div className="mb-4">
            <Notice tone="bad">{f('scan.unknown', { code: unknown })}</Notice>
          </div>
        )}
        <ul className="grid gap-4">
          {pickup.parcels.map(({ parcel_id, number }) => (
            <li key={parcel_id}>
              <ParcelTold
                number={number}
                told={told.get(parcel_id)}
                onTold={(what) => tell(parcel_id, what)}
              />
            </li>
          ))}
        </ul>
        <div className="mt-5 grid gap-2">
          {missing !== undefined && told.size > 0 && <p className="text-soft">{t(`collect.${missing}`)}</p>}
          <Button
            size="large"
            look="primary"
            wide
            busy={isBusy}
            disabled={missing !== undefined}
            onClick={() => void act({ kind: 'collect', pickupId: pickup.id, code, parcels })}
          >
            {t('collect.record')}
          </Button>
        </div>
      </Card>
    </>
  );
}

function missingIn(
  pickup: Pickup,
  told: ReadonlyMap<string, Told>,
  code: string | undefined,
): 'missing_code' | 'missing_parcels' | 'missing_collected' | 'missing_reason' | undefined {
  if (told.size < pickup.parcels.length) return 'missing_parcels';
  const all = [...told.values()];
  if (!all.some((one) => one.outcome === 'collected')) return 'missing_collected';
  if (all.some((one) => one.outcome !== 'collected' && one.reason === undefined)) return 'missing_reason';
  return code !== undefined && code.length !== 4 ? 'missing_code' : undefined;
}

function ParcelTold({
  number,
  told,
  onTold,
}: {
  readonly number: string;
  readonly told: Told | undefined;
  readonly onTold: (told: Told) => void;
}) {
  const t = useWords(COURIER_WORDS);
  const outcome = told?.outcome;
  return (
    <div className="grid gap-2">
      <BigChoices
        legend={number}
        columns={3}
        value={outcome}
        onChoice={(chosen) => onTold({ outcome: chosen, reason: undefined })}
        choices={OUTCOMES.map((value) => ({ value, label: t(`collect.${value}`) }))}
      />
      {outcome !== undefined && outcome !== 'collected' && (
        <Field label={t('stop.why')}>
          <Select
            value={told?.reason ?? ''}
            onChoice={(reason) => {
              if (reason !== '') onTold({ outcome, reason });
            }}
            choices={[
              { value: '' as const, label: t('collect.choose') },
              ...REASONS[outcome].map((value) => ({ value, label: t(`reason.${value}`) })),
            ]}
          />
        </Field>
      )}
    </div>
  );
}
