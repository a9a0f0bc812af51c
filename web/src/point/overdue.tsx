import { KeptNotice } from '../field/notices.tsx';
import { everyWord } from '../ground/contract-words.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Due, Lines, ParcelLine } from './parts.tsx';
import { type Shelf, useShelf } from './reads.ts';
import { isOverdue } from './shelf.ts';
import type { SetAsideReason } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

const RETURN_REASONS = everyWord<SetAsideReason>({
  overdue: true,
  consent_withdrawn: true,
  refused_by_recipient: true,
  recalled: true,
  damaged: true,
  point_closes: true,
  other: true,
});

/** What waits longer than its free time, and what is on its way home. The next to go home first. */
export function Overdue() {
  const t = useWords(POINT_WORDS);
  const shelf = useShelf();
  return (
    <Page
      title={t('overdue.title')}
      lead={t('overdue.lead')}
      actions={
        <ButtonLink to="/point/returns/hand-over" size="large" look="primary">
          {t('returns.hand_over')}
        </ButtonLink>
      }
    >
      <Read of={shelf} rows={6}>
        {(answer) => <Ladder shelf={answer} />}
      </Read>
    </Page>
  );
}

function Ladder({ shelf }: { readonly shelf: Shelf }) {
  const t = useWords(POINT_WORDS);
  const now = Date.now();
  const reasonOf = (reason: string | undefined) => {
    const known = RETURN_REASONS.find((one) => one === reason);
    return known === undefined ? reason : t(`reason.${known}`);
  };
  const late = shelf.parcels
    .filter((one) => isOverdue(one, now))
    .toSorted((a, b) => (a.return_at ?? '').localeCompare(b.return_at ?? ''));
  const home = shelf.parcels.filter((one) => one.state === 'returning');
  return (
    <>
      <KeptNotice of={{ ...shelf, value: undefined }} />
      {late.length + home.length === 0 && <Empty title={t('overdue.none')} hint={t('overdue.none_hint')} />}
      <Lines title={t('overdue.home')}>
        {home.map((one) => (
          <li key={one.id}>
            <ParcelLine of={one} to={`/point/parcels/${one.id}`}>
              {reasonOf(one.reason)}
            </ParcelLine>
          </li>
        ))}
      </Lines>
      <Lines title={t('overdue.late')}>
        {late.map((one) => (
          <li key={one.id}>
            <ParcelLine of={one} to={`/point/parcels/${one.id}`}>
              {one.return_at !== undefined && (
                <Due at={one.return_at} late={Date.parse(one.return_at) <= now} />
              )}
            </ParcelLine>
          </li>
        ))}
      </Lines>
    </>
  );
}
