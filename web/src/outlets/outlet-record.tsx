import type { ReactNode } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { SitePlan } from '../kit/site-plan.tsx';
import { Table } from '../kit/table.tsx';
import { Day, Facts, Moment, Money, Weight } from '../kit/values.tsx';
import { textOfSpans } from './hours-text.ts';
import { GOODS, type Outlet, OutletState } from './parts.tsx';
import { OUTLET_WORDS } from './words.ts';

/** What is known of an outlet, as facts. `network`: its name where several are looked at. */
export function OutletRecord({ outlet, network }: { readonly outlet: Outlet; readonly network?: ReactNode }) {
  const t = useWords(OUTLET_WORDS);
  const { country, number } = useFormats();
  const { capacity } = outlet;
  const goods = outlet.goods_classes.map((one) => {
    const known = GOODS.find((word) => word === one);
    return known === undefined ? one : t(`class.${known}`);
  });
  const moment = (label: string, at: string | undefined): readonly (readonly [string, ReactNode])[] =>
    at === undefined ? [] : [[label, <Moment key={label} at={at} whole />]];
  return (
    <Card>
      <Facts
        of={[
          [t('state'), <OutletState key="state" of={outlet.state} />],
          ...(network === undefined ? [] : ([[t('network'), network]] as const)),
          [t('kind'), t(`kind.${outlet.kind}`)],
          [t('services'), outlet.services.map((one) => t(`service.${one}`)).join(', ')],
          [t('open_now'), t(outlet.is_open ? 'open_now.yes' : 'open_now.no')],
          [t('demand'), t(outlet.takes_demand ? 'demand.yes' : 'demand.no')],
          [
            t('address'),
            [...outlet.address_lines, outlet.city, outlet.postcode, country(outlet.country)]
              .filter(Boolean)
              .join(', '),
          ],
          [t('zone'), outlet.zone],
          [t('goods'), goods.join(', ') || t('goods.none')],
          [t('shelf'), number(capacity.shelf)],
          [t('heaviest'), capacity.max_weight_grams && <Weight key="w" grams={capacity.max_weight_grams} />],
          [t('longest'), capacity.max_side_mm && `${number(capacity.max_side_mm / 10)} cm`],
          [t('quality'), number(outlet.quality)],
          [t('fee'), outlet.fee_per_parcel && <Money key="fee" of={outlet.fee_per_parcel} />],
          ...moment(t('trial_until'), outlet.state === 'trial' ? outlet.trial_until : undefined),
          ...moment(t('paused_from'), outlet.paused_from),
          ...moment(t('paused_until'), outlet.paused_until),
          ...moment(t('exits_at'), outlet.exits_at),
          ...moment(t('applied_at'), outlet.applied_at),
        ]}
      />
    </Card>
  );
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export function OutletHours({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_WORDS);
  const { weekday } = useFormats();
  return (
    <Card title={t('hours')}>
      <Facts
        of={WEEKDAYS.map((day) => [
          weekday(day),
          textOfSpans(outlet.hours.filter((one) => one.day === day)) || t('hours.closed'),
        ])}
      />
      {outlet.exceptions.length > 0 && (
        <div className="mt-4">
          <OutletExceptions of={outlet.exceptions} />
        </div>
      )}
    </Card>
  );
}

export function OutletExceptions({
  of,
  action,
}: {
  readonly of: Outlet['exceptions'];
  readonly action?: (one: Outlet['exceptions'][number]) => ReactNode;
}) {
  const t = useWords(OUTLET_WORDS);
  return (
    <Table
      label={t('hours.exceptions')}
      rows={of.toSorted((a, b) => (a.date < b.date ? -1 : 1))}
      rowId={(one) => one.date}
      columns={[
        { id: 'date', label: t('hours.date'), isName: true, cell: (one) => <Day of={one.date} /> },
        { id: 'hours', label: t('hours'), cell: (one) => textOfSpans(one.hours) || t('hours.closed') },
        { id: 'reason', label: t('hours.reason'), cell: (one) => one.reason ?? '–' },
        ...(action === undefined ? [] : [{ id: 'act', label: t('hours.change'), cell: action }]),
      ]}
    />
  );
}

/** Whom an outlet serves, in words and as a plan. */
export function OutletRange({ outlet, actions }: { readonly outlet: Outlet; readonly actions?: ReactNode }) {
  const t = useWords(OUTLET_WORDS);
  const { range, position } = outlet;
  return (
    <Card title={t('range')} actions={actions}>
      <p className="mb-3 text-soft">
        <RangeWords of={range} />
      </p>
      <div className="max-w-2xl">
        <SitePlan
          label={t('range.map')}
          points={[{ id: outlet.id, tone: 'ok', ...position }]}
          ring={range?.ring ?? []}
        />
      </div>
      <p className="mt-2 text-sm text-soft">
        {t('position')}: <span className="number">{`${position.latitude}, ${position.longitude}`}</span>
      </p>
    </Card>
  );
}

function RangeWords({ of }: { readonly of: Outlet['range'] }) {
  const t = useWords(OUTLET_WORDS);
  if (of === undefined) return t('range.everybody');
  if (of.ring !== undefined) return t('range.polygon', { count: Math.max(0, of.ring.length - 1) });
  return t('range.divisions', { codes: (of.codes ?? []).join(', ') });
}
