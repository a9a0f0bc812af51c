import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { BigChoices } from '../field/big-choices.tsx';
import { record } from '../field/queue.ts';
import { gramsOf } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useAddressWord } from '../ground/address.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { isReturnCode } from './codes.ts';
import { deviceId } from './device.ts';
import { useHere } from './here.tsx';
import { Photos } from './photos.tsx';
import { BackToReturns } from './returns.tsx';
import { DOCUMENTS, type PointTask } from './tasks.ts';
import { useVisits } from './visits.ts';
import { POINT_WORDS } from './words.ts';

/**
 * A buyer is here with goods, and there is no network to read his code: what can be seen is written down, and the intake is
 * finished when somebody can look into the case.
 */
export function UnreadIntake() {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const { point } = useHere();
  const { close } = useVisits();
  const [noted] = useAddressWord('code');
  const [code, setCode] = useState(noted);
  const [photos, setPhotos] = useState<readonly Blob[]>([]);
  const [weight, setWeight] = useState('');
  const [document, setDocument] = useState<(typeof DOCUMENTS)[number]>();
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const grams = gramsOf(weight);
  const take = async (weightGrams: number) => {
    setBusy(true);
    const said = code.trim();
    const goods = {
      ...{ code: said, weight_grams: weightGrams },
      ...(document === undefined ? {} : { document_kind: document }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    };
    const task: PointTask = { kind: 'take_unread', pointId: point.id, deviceId: deviceId(), goods, photos };
    const draft = { about: `unread/${said}`, label: said, task };
    const { state } = await record(draft).finally(() => setBusy(false));
    // What the device keeps of the buyer from now on is this record.
    await close(noted);
    toast(state === 'sent' ? 'ok' : 'warn', f(state === 'sent' ? 'record.sent' : 'record.kept'));
    navigate('/point/returns');
  };
  return (
    <Page title={t('unread.title')} lead={t('unread.lead')}>
      <BackToReturns />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (grams !== undefined) void take(grams);
        }}
      >
        <Card>
          <div className="grid gap-4">
            <Field
              label={t('unread.code')}
              hint={t('unread.code_hint')}
              error={code !== '' && !isReturnCode(code) ? t('return.unknown', { said: code }) : undefined}
            >
              <Input value={code} onText={setCode} mono autoCapitalize="characters" />
            </Field>
            <Photos photos={photos} onPhotos={setPhotos} />
            <Field
              label={t('intake.weight')}
              hint={t('intake.weight_hint')}
              error={weight !== '' && grams === undefined ? t('intake.weight_wrong') : undefined}
            >
              <Input value={weight} onText={setWeight} inputMode="decimal" mono />
            </Field>
            <BigChoices
              legend={t('intake.identity')}
              value={document}
              onChoice={setDocument}
              choices={DOCUMENTS.map((value) => ({ value, label: t(`document.${value}`) }))}
            />
            <Field label={t('unread.note')} hint={t('unread.note_hint')}>
              <Input value={note} onText={setNote} maxLength={300} />
            </Field>
            <Button
              type="submit"
              look="primary"
              size="large"
              wide
              busy={isBusy}
              disabled={grams === undefined || code.trim() === ''}
            >
              {t('intake.go')}
            </Button>
          </div>
        </Card>
      </form>
    </Page>
  );
}
