import type { components } from '@postroad/sdk';
import { useEffect, useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { cx } from '../kit/class-names.ts';
import { Field, Select } from '../kit/field.tsx';
import { NearMap } from '../kit/near-map.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { openingsOf } from './openings.ts';
import type { Choosing, Options, Position } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

type PointOption = Options['points'][number];

/** Counters near the buyer, best first, as a map and as a list with the same numbers. */
export function Points({
  options,
  here,
  choosing,
  onHere,
}: {
  readonly options: Options;
  readonly here: Position | undefined;
  readonly choosing: Choosing;
  readonly onHere: (position: Position) => void;
}) {
  const t = useWords(PORTAL_WORDS);
  const [chosen, setChosen] = useState<string>();
  const open = (id: string) => {
    setChosen(id);
    // Its card may be far below the map.
    document.getElementById(id)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  };
  return (
    <div className="grid gap-3">
      <WhereAmI onHere={onHere} isKnown={here !== undefined} />
      {options.points.length === 0 ? (
        <Notice tone="warn">{t('points.none')}</Notice>
      ) : (
        <>
          <NearMap
            key={`${here?.latitude} ${here?.longitude}`}
            label={t('points.map')}
            places={options.points.map(({ point }) => ({
              id: point.id,
              name: point.name,
              ...point.position,
            }))}
            here={here}
            chosen={chosen}
            onChoose={open}
          />
          <p className="text-sm text-soft">{t('points.order')}</p>
          <ol className="grid gap-3">
            {options.points.map((option, index) => (
              <PointCard
                key={option.point.id}
                of={option}
                number={index + 1}
                isChosen={option.point.id === chosen}
                onOpen={() => setChosen(option.point.id)}
                {...{ here, choosing }}
              />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

/** The buyer's place leaves the browser with his question and is not stored. */
function WhereAmI({
  isKnown,
  onHere,
}: {
  readonly isKnown: boolean;
  readonly onHere: (position: Position) => void;
}) {
  const t = useWords(PORTAL_WORDS);
  const [state, setState] = useState<'quiet' | 'busy' | 'refused'>('quiet');
  const look = () => {
    setState('busy');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        setState('quiet');
        onHere({ latitude, longitude });
      },
      () => setState('refused'),
      { timeout: 10_000, maximumAge: 60_000 },
    );
  };
  return (
    <div className="screen-only flex flex-wrap items-center gap-2">
      <Button busy={state === 'busy'} onClick={look}>
        {t(isKnown ? 'near.again' : 'near.me')}
      </Button>
      <p role="status" className="text-sm text-soft">
        {t(state === 'refused' ? 'near.refused' : isKnown ? 'near.known' : 'near.order')}
      </p>
    </div>
  );
}

function PointCard({
  of: { point, distance_meters: distanceMeters, hours },
  number,
  isChosen,
  onOpen,
  here,
  choosing,
}: {
  readonly of: PointOption;
  readonly number: number;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
  readonly here: Position | undefined;
  readonly choosing: Choosing;
}) {
  const t = useWords(PORTAL_WORDS);
  const { distance, hourAt } = useFormats();
  const [slot, setSlot] = useState(hours[0] ?? '');
  return (
    <li
      id={point.id}
      className={cx('rounded-lg border bg-card p-4', isChosen ? 'border-accent' : 'border-line')}
    >
      <div className="flex items-start gap-3">
        <span
          aria-hidden="true"
          className={cx(
            'grid size-9 shrink-0 place-items-center rounded-full text-sm font-semibold',
            isChosen ? 'bg-accent text-on-accent' : 'bg-ink text-card',
          )}
        >
          {number}
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold wrap-anywhere">{point.name}</h2>
          <p className="text-sm text-soft wrap-anywhere">
            {[...point.address_lines, [point.postcode, point.city].filter(Boolean).join(' ')].join(', ')}
          </p>
          <p className="text-sm">{t('points.away', { distance: distance(distanceMeters) })}</p>
        </div>
        {!isChosen && <Button onClick={onOpen}>{t('points.look')}</Button>}
      </div>
      {isChosen && (
        <div className="mt-3 grid gap-3 border-t border-line pt-3">
          <Hours of={point.id} />
          {hours.length === 0 ? (
            <p className="text-sm text-soft">{t('points.no_slot')}</p>
          ) : (
            <Field label={t('points.slot')} hint={t('points.slot.hint')}>
              <Select
                value={slot}
                onChoice={setSlot}
                choices={hours.map((at) => ({ value: at, label: hourAt(at, point.zone) }))}
              />
            </Field>
          )}
          <Button
            look="primary"
            size="large"
            wide
            busy={choosing.busy}
            disabled={slot === ''}
            onClick={() =>
              choosing.run({
                method: 'point',
                point_id: point.id,
                starts_at: slot,
                ...(here === undefined ? {} : { position: here }),
              })
            }
          >
            {t('points.choose')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** When its door is open, day by day, with what is different this week. */
function Hours({ of }: { readonly of: string }) {
  const t = useWords(PORTAL_WORDS);
  const { weekday, day } = useFormats();
  const [point, setPoint] = useState<components['schemas']['PublicPoint']>();
  useEffect(() => {
    let isShown = true;
    api
      .get('/v1/points/{point_id}', { params: { path: { point_id: of } } })
      .then((found) => {
        if (isShown) setPoint(found);
      })
      .catch(() => undefined); // the free hours below it say the same of the next days
    return () => {
      isShown = false;
    };
  }, [of]);
  if (point === undefined) return null;
  return (
    <div className="text-sm">
      <p className="mb-1 flex flex-wrap items-center gap-2 font-medium">
        {t('points.hours')}
        <Status tone={point.is_open ? 'ok' : 'idle'}>
          {t(point.is_open ? 'points.open' : 'points.closed')}
        </Status>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4">
        {openingsOf(point).map(({ from, to, hours }) => (
          <div key={from} className="contents">
            <dt className="text-soft">{from === to ? weekday(from) : `${weekday(from)} – ${weekday(to)}`}</dt>
            <dd>{hours.length === 0 ? t('points.closed') : hours.join(', ')}</dd>
          </div>
        ))}
        {point.exceptions.slice(0, 5).map((one) => (
          <div key={one.date} className="contents">
            <dt className="text-warn">{day(one.date)}</dt>
            <dd>
              {one.hours.length === 0
                ? t('points.closed')
                : one.hours.map(({ opens, closes }) => `${opens} – ${closes}`).join(', ')}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
