import { useId, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { cx } from './class-names.ts';

/** A file by choice or by dropping it; on a phone with `capture` by its camera. */
export function FileDrop({
  label,
  accept,
  capture,
  onFile,
}: {
  readonly label: string;
  /** As the HTML attribute: `.csv,text/csv`. */
  readonly accept: string;
  readonly capture?: 'environment';
  readonly onFile: (file: File) => void;
}) {
  const t = useWords(KIT_WORDS);
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={cx(
        'grid cursor-pointer justify-items-center gap-1 rounded-lg border-2 border-dashed px-4 py-7 text-center has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        over ? 'border-accent bg-accent-soft' : 'border-edge bg-card hover:border-ink',
      )}
    >
      <span className="font-medium">{label}</span>
      <span className="text-sm text-soft">
        <span className="text-accent underline">{t('file.choose')}</span> {t('file.drop')}
      </span>
      <input
        id={id}
        type="file"
        accept={accept}
        capture={capture}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = ''; // the same file again is a new choice
        }}
      />
    </label>
  );
}
