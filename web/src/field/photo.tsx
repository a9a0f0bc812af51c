import { useEffect, useId, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { FIELD_WORDS } from './words.ts';

/** Enough to see a door and a label; far below what the server takes (2 MiB). Our default. */
const LONGEST_SIDE_PIXELS = 1_600;
const QUALITY = 0.8;

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

async function madeSmall(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE_PIXELS / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)),
      'image/jpeg',
      QUALITY,
    );
  });
}
