import { useId, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { madeSmall } from '../kit/small-picture.ts';
import type { DraftPicture } from './draft.ts';
import { PORTAL_WORDS } from './words.ts';

/** As the contract of an application says. */
const MOST = 10;

/** Photos from a phone's camera or its album, made small before they are sent. */
export function Pictures({
  pictures,
  lacking,
  onPictures,
}: {
  readonly pictures: readonly DraftPicture[];
  readonly lacking: boolean;
  readonly onPictures: (pictures: readonly DraftPicture[]) => void;
}) {
  const t = useWords(PORTAL_WORDS);
  const id = useId();
  const [isBroken, setBroken] = useState(false);
  const take = async (files: FileList | null) => {
    setBroken(false);
    const taken: DraftPicture[] = [];
    for (const file of [...(files ?? [])].slice(0, MOST - pictures.length)) {
      try {
        const blob = await madeSmall(file);
        taken.push({ blob, url: URL.createObjectURL(blob) });
      } catch {
        setBroken(true);
      }
    }
    if (taken.length > 0) onPictures([...pictures, ...taken]);
  };
  return (
    <div className="grid gap-2">
      <p className="text-sm font-medium">{t('pictures')}</p>
      {pictures.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {pictures.map(({ url }, index) => (
            <li key={url} className="grid gap-1">
              <img
                src={url}
                alt={t('pictures.alt', { number: index + 1 })}
                className="size-28 rounded-md bg-sunk object-cover"
              />
              <Button
                size="small"
                look="quiet"
                onClick={() => {
                  URL.revokeObjectURL(url);
                  onPictures(pictures.filter((one) => one.url !== url));
                }}
              >
                {t('pictures.remove', { number: index + 1 })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {pictures.length < MOST && (
        <label
          htmlFor={id}
          className="grid min-h-12 cursor-pointer place-items-center rounded-md border-2 border-dashed border-edge bg-card px-4 font-medium hover:border-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          {t('pictures.add')}
          <input
            id={id}
            type="file"
            accept="image/*"
            multiple
            className="sr-only"
            onChange={(event) => {
              const { files } = event.target;
              void take(files).finally(() => {
                event.target.value = ''; // the same file again is a new choice
              });
            }}
          />
        </label>
      )}
      <p className="text-xs text-soft">{t('pictures.hint')}</p>
      {lacking && (
        <p role="alert" className="text-sm text-bad">
          <span aria-hidden="true">▲ </span>
          {t('apply.lacks.picture')}
        </p>
      )}
      {isBroken && (
        <p role="alert" className="text-sm text-bad">
          {t('pictures.unreadable')}
        </p>
      )}
    </div>
  );
}
