import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { PARCEL_WORDS } from './words.ts';

/** A link that lets a buyer follow the parcel; shown once, because only its hash is stored. */
export function BuyerLink({ parcelId }: { readonly parcelId: string }) {
  const t = useWords(PARCEL_WORDS);
  const act = useAct(() =>
    api.post('/v1/parcels/{parcel_id}/links', { params: { path: { parcel_id: parcelId } } }),
  );
  return (
    <Card title={t('shipment.link')}>
      <div className="grid justify-items-start gap-2">
        <p className="text-sm text-soft">{t('shipment.link_hint')}</p>
        {act.data && (
          <>
            <CopyId value={location.origin + act.data.path} />
            <CodeSymbol kind="qr" text={location.origin + act.data.path} label={t('shipment.link_qr')} />
          </>
        )}
        {act.error && <Failure error={act.error} />}
        <Button size="small" busy={act.isPending} onClick={() => act.mutate(undefined)}>
          {t('shipment.link_make')}
        </Button>
      </div>
    </Card>
  );
}
