import { useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Notice } from '../kit/status.tsx';
import { Sheet } from './parts.tsx';
import type { Choosing, Options } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

type WayProps = { readonly options: Options; readonly choosing: Choosing };

/** Windows in which a courier comes. */
export function Doors({ options, choosing }: WayProps) {
  const t = useWords(PORTAL_WORDS);
  const { span } = useFormats();
  const [chosen, setChosen] = useState('');
  const door = options.doors[Number(chosen === '' ? -1 : chosen)];
  if (options.doors.length === 0) return <Notice tone="idle">{t('door.none')}</Notice>;
  return (
    <Sheet>
      <Choices
        legend={t('door.when')}
        value={chosen}
        onChoice={setChosen}
        choices={options.doors.map(({ starts_at: from, ends_at: to }, index) => ({
          value: `${index}`,
          label: span(from, to),
        }))}
      />
      <p className="my-3 text-sm text-soft">{t('door.hint')}</p>
      <Button
        look="primary"
        size="large"
        wide
        busy={choosing.busy}
        disabled={door === undefined}
        onClick={() =>
          door && choosing.run({ method: 'door', area_id: door.area_id, starts_at: door.starts_at })
        }
      >
        {t('door.choose')}
      </Button>
    </Sheet>
  );
}

export function SelfPost({ options, choosing }: WayProps) {
  const t = useWords(PORTAL_WORDS);
  if (!options.self_post) return <Notice tone="idle">{t('post.none')}</Notice>;
  return (
    <Sheet>
      <p className="mb-3">{t('post.hint')}</p>
      <Button
        look="primary"
        size="large"
        wide
        busy={choosing.busy}
        onClick={() => choosing.run({ method: 'self_post' })}
      >
        {t('post.choose')}
      </Button>
    </Sheet>
  );
}
