import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { MERCHANT_WORDS } from './words.ts';

export type ChosenWindow = { readonly area_id: string; readonly starts_at: string };

/** The free windows of the next days at the place of a shipment, one to be chosen. */
export function PickupWindows({
  shipmentId,
  label,
  busy,
  error,
  onChoice,
}: {
  readonly shipmentId: string;
  /** What the choice does. */
  readonly label: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onChoice: (window: ChosenWindow) => void;
}) {
  const t = useWords(MERCHANT_WORDS);
  const { instant, moment } = useFormats();
  const [chosen, setChosen] = useState('');
  const windows = useRead(['pickup-windows', shipmentId], (signal) =>
    api.get('/v1/pickup-windows', { params: { query: { shipment_id: shipmentId } }, signal }),
  );
  return (
    <Read of={windows}>
      {({ data }) => {
        const free = data.filter((one) => one.selectable);
        if (free.length === 0) return <Notice tone="warn">{t('pickup.no_windows')}</Notice>;
        return (
          <div className="grid gap-4">
            <Choices
              legend={t('pickup.window')}
              value={chosen}
              onChoice={setChosen}
              choices={free.map(({ area_id, starts_at, ends_at }) => ({
                value: `${area_id} ${starts_at}`,
                label: `${instant(starts_at)} – ${moment(ends_at)}`,
              }))}
            />
            {error !== null && error !== undefined && <Failure error={error} />}
            <span>
              <Button
                look="primary"
                disabled={chosen === ''}
                busy={busy}
                onClick={() => {
                  const [area_id = '', starts_at = ''] = chosen.split(' ');
                  onChoice({ area_id, starts_at });
                }}
              >
                {label}
              </Button>
            </span>
          </div>
        );
      }}
    </Read>
  );
}
