import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Notice } from '../kit/status.tsx';
import type { KeptAnswer } from './kept.ts';
import { useOpenRecord } from './queue.ts';
import { FIELD_WORDS } from './words.ts';

/** Said where what is shown comes from the device. */
export function KeptNotice({ of }: { readonly of: KeptAnswer<unknown> | undefined }) {
  const t = useWords(FIELD_WORDS);
  const { moment } = useFormats();
  if (of?.isOld !== true) return null;
  return (
    <div className="mb-3">
      <Notice tone="warn">{t('net.kept', { when: moment(of.at) })}</Notice>
    </div>
  );
}

/** What became of the last record about a thing, as long as somebody has to know. */
export function RecordNotice({ about }: { readonly about: string }) {
  const t = useWords(FIELD_WORDS);
  const open = useOpenRecord(about);
  if (open === undefined) return null;
  return (
    <div className="mb-3">
      {open.state === 'waiting' ? (
        <Notice tone="warn">{t('record.waits')}</Notice>
      ) : (
        <Notice tone="bad">
          <p className="font-semibold">{t('record.refused')}</p>
          <p>{open.detail}</p>
        </Notice>
      )}
    </div>
  );
}
