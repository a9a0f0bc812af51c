import { useState } from 'react';
import { BigChoices } from '../field/big-choices.tsx';
import { PhotoField } from '../field/photo.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { WAREHOUSE_WORDS } from './words.ts';

/** Why it does not go on, with a photo that the merchant will see. */
export function TurnAway<Reason extends string>({
  title,
  action,
  choices,
  isBusy,
  onReason,
}: {
  readonly title: string;
  readonly action: string;
  readonly choices: readonly { readonly value: Reason; readonly label: string }[];
  readonly isBusy: boolean;
  readonly onReason: (reason: Reason, photo: Blob | undefined) => void;
}) {
  const t = useWords(WAREHOUSE_WORDS);
  const [reason, setReason] = useState<Reason>();
  const [photo, setPhoto] = useState<Blob>();
  return (
    <Card title={title}>
      <div className="grid gap-4">
        <BigChoices legend={title} hideLegend value={reason} onChoice={setReason} choices={choices} />
        {reason !== undefined && (
          <>
            <PhotoField label={t('turn_away.photo')} photo={photo} onPhoto={setPhoto} />
            <Button size="large" look="danger" wide busy={isBusy} onClick={() => onReason(reason, photo)}>
              {action}
            </Button>
          </>
        )}
      </div>
    </Card>
  );
}
