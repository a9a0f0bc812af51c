import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Shape, ToneMark } from '../kit/status.tsx';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { STATE_TONES } from './advice.ts';
import { type Sister, sisterText, unshownPieces } from './pieces.ts';
import type { BuyerParcel } from './question.ts';
import { BUYER_WORDS } from './words.ts';

/** Which piece of how many it is, and where the others are. */
export function Pieces({
  pieces,
  readAt,
}: {
  readonly pieces: NonNullable<BuyerParcel['pieces']>;
  readonly readAt: string;
}) {
  const t = useWords(BUYER_WORDS);
  const left = unshownPieces(pieces);
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h2 className="text-lg font-semibold">{t('pieces.title')}</h2>
      <p className="mb-3 text-soft">{t('pieces.lead', { position: pieces.position, total: pieces.total })}</p>
      <ul className="grid gap-3">
        {pieces.sisters.map((sister) => (
          <Piece key={sister.position} sister={sister} readAt={readAt} />
        ))}
      </ul>
      {left > 0 && <p className="mt-3 text-sm text-soft">{t('pieces.left', { count: left })}</p>}
    </section>
  );
}

function Piece({ sister, readAt }: { readonly sister: Sister; readonly readAt: string }) {
  const say = { t: useWords(BUYER_WORDS), m: useWords(MILESTONE_WORDS), formats: useFormats() };
  const { name, state, last, arrival, late } = sisterText(sister, readAt, say);
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-3 border-t border-line pt-3">
      <span className="mt-1">
        <ToneMark tone={STATE_TONES[sister.status]} />
      </span>
      <div className="min-w-0">
        <p className="text-sm text-soft">{name}</p>
        <p className="font-medium">{state}</p>
        {last !== undefined && <p className="text-sm text-soft wrap-anywhere">{last}</p>}
        {arrival !== undefined && <p className="text-sm">{arrival}</p>}
        {late !== undefined && (
          <p className="flex items-center gap-2 text-sm text-warn">
            <Shape tone="warn" size={12} />
            {late}
          </p>
        )}
      </div>
    </li>
  );
}
