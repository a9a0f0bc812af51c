import { PhotoField } from '../field/photo.tsx';
import { useWords } from '../ground/words.ts';
import { POINT_WORDS } from './words.ts';

/** One field more than there are photos, up to what one parcel needs. */
const PHOTOS = 4;

export function Photos({
  photos,
  onPhotos,
}: {
  readonly photos: readonly Blob[];
  readonly onPhotos: (photos: readonly Blob[]) => void;
}) {
  const t = useWords(POINT_WORDS);
  const set = (index: number, photo: Blob | undefined) =>
    onPhotos(photo === undefined ? photos.filter((_, at) => at !== index) : photos.with(index, photo));
  return (
    <>
      {photos.map((photo, index) => (
        <PhotoField
          // biome-ignore lint/suspicious/noArrayIndexKey: photos have no other identity
          key={index}
          label={t('intake.photo', { number: index + 1 })}
          photo={photo}
          onPhoto={(next) => set(index, next)}
        />
      ))}
      {photos.length < PHOTOS && (
        <PhotoField
          key={photos.length}
          label={t('intake.photo', { number: photos.length + 1 })}
          photo={undefined}
          onPhoto={(photo) => photo !== undefined && onPhotos([...photos, photo])}
        />
      )}
    </>
  );
}
