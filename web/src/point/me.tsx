import { MeScreen } from '../field/me-screen.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { useLease } from './device.ts';
import { DeskLink, useHere } from './here.tsx';
import { LeaseCard } from './lease-card.tsx';
import { POINT_WORDS } from './words.ts';

/** Who works here and where, and what this device may do without a network. */
export function Me() {
  const t = useWords(POINT_WORDS);
  const { point, others, leave } = useHere();
  const { lease, release } = useLease();
  return (
    <MeScreen beforeLeave={() => (lease === undefined ? Promise.resolve() : release())}>
      <LeaseCard />
      <Card title={t('here.now')}>
        <p className="text-lg font-medium">{point.name}</p>
        <p className="mb-3 text-soft">
          {[point.outlet_code, point.city, ...point.address_lines].join(' \u00b7 ')}
        </p>
        {others > 0 && (
          <Button size="large" wide onClick={leave}>
            {t('here.other')}
          </Button>
        )}
        <DeskLink />
      </Card>
    </MeScreen>
  );
}
