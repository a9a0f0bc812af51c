import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { ServerPicture } from '../kit/server-file.tsx';
import type { UnreadReturn } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** Photos of goods that were taken without reading their code, as they lie sealed at the network. */
export function UnreadPictures({ of }: { readonly of: UnreadReturn }) {
  const t = useWords(POINT_WORDS);
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {of.picture_ids.map((picture, index) => (
        <ServerPicture
          key={picture}
          name={['unread', of.id, picture]}
          load={() =>
            api.get('/v1/unread-returns/{unread_id}/pictures/{picture_id}', {
              params: { path: { unread_id: of.id, picture_id: picture } },
              parseAs: 'blob',
            })
          }
          alt={t('intake.photo', { number: index + 1 })}
        />
      ))}
    </div>
  );
}
