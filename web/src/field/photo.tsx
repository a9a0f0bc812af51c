import { useEffect, useId, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { madeSmall } from '../kit/small-picture.ts';
import { FIELD_WORDS } from './words.ts';

/** A photo by the camera of a phone, or a file on a desk; made small before it is kept. */
export function PhotoField({
  label,
  photo,
  onPhoto,
}: {
  readonly label: string;
  readonly photo: Blob | undefined;
  readonly onPhoto: (photo: Blob | undefined) => void;
}) {
  const t = useWords(FIELD_WORDS);
  const id = useId();
  const [isBroken, setBroken] = useState(false);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      onPhoto(await madeSmall(file));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  return (
    <div className="grid gap-2">
      <p className="font-medium">{label}</p>
      {photo && <Preview photo={photo} />}
      <label
        htmlFor={id}
        className="grid min-h-14 cursor-pointer place-items-center rounded-md border border-edge bg-card px-4 text-lg font-medium hover:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
      >
        {photo ? t('photo.again') : t('photo.take')}
        <input
          id={id}
          type="file"
          accept="image/*"
          capture="environment"
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      {photo && (
        <Button size="large" onClick={() => onPhoto(undefined)}>
          {t('photo.remove')}
        </Button>
      )}
      {isBroken && (
        <p role="alert" className="text-bad">
          {t('photo.unreadable')}
        </p>
      )}
    </div>
  );
}

function Preview({ photo }: { readonly photo: Blob }) {
  const t = useWords(FIELD_WORDS);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return address === undefined ? null : (
    <img src={address} alt={t('photo.alt')} className="max-h-56 w-full rounded-md bg-sunk object-contain" />
  );
}
