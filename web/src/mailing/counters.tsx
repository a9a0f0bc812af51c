import { useEffect, useId, useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { cx } from '../kit/class-names.ts';
import { Field, Select } from '../kit/field.tsx';
import { NearMap } from '../kit/near-map.tsx';
import { Failure, Loading } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { worldOf } from './address.ts';
import { type Asked, type DoorOption, type Options, optionsFor, type PointOption } from './visit.ts';
import { MAILING_WORDS } from './words.ts';

/** A counter and the hour for which a place is held there, or a window in which a courier comes to the door. */
export type At =
  | { readonly method: 'point'; readonly point_id: string; readonly starts_at?: string }
  | { readonly method: 'door'; readonly area_id: string; readonly starts_at: string };
type Choose = (at: At | undefined) => void;

const pointOf = (at: At | undefined) => (at?.method === 'point' ? at.point_id : undefined);

/** His own door where couriers come to it, or counters near the sender as a map and a list with the same numbers; without a choice any counter takes it. */
export function Counters({
  asked,
  carrier,
  chosen,
  onChoose,
}: {
  readonly asked: Asked;
  /** Of the line that was chosen. */
  readonly carrier: string;
  readonly chosen: At | undefined;
  readonly onChoose: Choose;
}) {
  const t = useWords(MAILING_WORDS);
  const [options, setOptions] = useState<Options>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let isShown = true;
    optionsFor(worldOf(location.search), asked, carrier).then(
      (found) => isShown && setOptions(found),
      (failure: unknown) => isShown && setError(failure),
    );
    return () => {
      isShown = false;
    };
  }, [asked, carrier]);
  const choose = (id: string) => {
    const option = options?.points.find(({ point }) => point.id === id);
    const [first] = option?.hours ?? [];
    onChoose({ method: 'point', point_id: id, ...(first === undefined ? {} : { starts_at: first }) });
  };
  return (
    <section className="grid gap-3 rounded-lg border border-line bg-card p-5">
      <h2 className="text-lg font-semibold">{t('counters')}</h2>
      {error !== undefined && <Failure error={error} />}
      {options === undefined && error === undefined && <Loading rows={3} />}
      {options !== undefined && options.points.length === 0 && (
        <Notice tone="warn">{t('counters.none')}</Notice>
      )}
      {options !== undefined && options.points.length > 0 && (
        <NearMap
          label={t('counters.map')}
          places={options.points.map(({ point }) => ({
            id: point.id,
            name: point.name,
            ...point.position,
          }))}
          here={undefined}
          chosen={pointOf(chosen)}
          onChoose={choose}
        />
      )}
      {options !== undefined && options.points.length + options.doors.length > 0 && (
        <List {...{ options, chosen, choose, onChoose }} />
      )}
    </section>
  );
}

function List({
  options,
  chosen,
  choose,
  onChoose,
}: {
  readonly options: Options;
  readonly chosen: At | undefined;
  readonly choose: (id: string) => void;
  readonly onChoose: Choose;
}) {
  const t = useWords(MAILING_WORDS);
  const name = useId();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm text-soft">{t('counters.lead')}</legend>
      <label className={cardOf(chosen === undefined)}>
        <input
          type="radio"
          name={name}
          className="mt-1 accent-accent"
          checked={chosen === undefined}
          onChange={() => onChoose(undefined)}
        />
        <span>{t('counters.any')}</span>
      </label>
      {options.doors.length > 0 && <Door of={options.doors} {...{ name, chosen, onChoose }} />}
      {options.points.map((option, index) => (
        <div key={option.point.id} className="grid gap-2">
          <label className={cardOf(option.point.id === pointOf(chosen))}>
            <input
              type="radio"
              name={name}
              className="mt-1 accent-accent"
              checked={option.point.id === pointOf(chosen)}
              onChange={() => choose(option.point.id)}
            />
            <Described of={option} number={index + 1} />
          </label>
          {chosen?.method === 'point' && option.point.id === chosen.point_id && option.hours.length > 0 && (
            <Hour of={option} chosen={chosen} onChoose={onChoose} />
          )}
        </div>
      ))}
    </fieldset>
  );
}

/** A courier comes: the window in which he does. */
function Door({
  of,
  name,
  chosen,
  onChoose,
}: {
  readonly of: readonly DoorOption[];
  readonly name: string;
  readonly chosen: At | undefined;
  readonly onChoose: Choose;
}) {
  const t = useWords(MAILING_WORDS);
  const { span } = useFormats();
  const isChosen = chosen?.method === 'door';
  const keyOf = ({ area_id, starts_at }: { readonly area_id: string; readonly starts_at: string }) =>
    `${area_id} ${starts_at}`;
  const choose = (key: string | undefined) => {
    const door = of.find((one) => keyOf(one) === key);
    if (door !== undefined) onChoose({ method: 'door', area_id: door.area_id, starts_at: door.starts_at });
  };
  return (
    <div className="grid gap-2">
      <label className={cardOf(isChosen)}>
        <input
          type="radio"
          name={name}
          className="mt-1 accent-accent"
          checked={isChosen}
          onChange={() => choose(of[0] && keyOf(of[0]))}
        />
        <span>
          <span className="font-semibold">{t('door')}</span>
          <span className="block text-sm">{t('door.lead')}</span>
        </span>
      </label>
      {isChosen && (
        <Field label={t('door.window')}>
          <Select
            value={keyOf(chosen)}
            onChoice={choose}
            choices={of.map((one) => ({ value: keyOf(one), label: span(one.starts_at, one.ends_at) }))}
          />
        </Field>
      )}
    </div>
  );
}

const cardOf = (isChosen: boolean) =>
  cx(
    'flex min-h-11 cursor-pointer items-start gap-3 rounded-md border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
    isChosen ? 'border-accent bg-accent-soft' : 'border-edge bg-card',
  );

function Described({
  of: { point, distance_meters: meters },
  number,
}: {
  readonly of: PointOption;
  readonly number: number;
}) {
  const t = useWords(MAILING_WORDS);
  const { distance } = useFormats();
  return (
    <span className="min-w-0">
      <span className="font-semibold wrap-anywhere">
        {number}. {point.name}
      </span>
      <span className="block text-sm wrap-anywhere">
        {[...point.address_lines, [point.postcode, point.city].filter(Boolean).join(' ')].join(', ')}
      </span>
      <span className="block text-sm">{t('counters.away', { distance: distance(meters) })}</span>
    </span>
  );
}

function Hour({
  of: { point, hours },
  chosen,
  onChoose,
}: {
  readonly of: PointOption;
  readonly chosen: Extract<At, { method: 'point' }>;
  readonly onChoose: Choose;
}) {
  const t = useWords(MAILING_WORDS);
  const { hourAt } = useFormats();
  return (
    <Field label={t('counters.hour')} hint={t('counters.hour.hint')}>
      <Select
        value={chosen.starts_at ?? ''}
        onChoice={(at) => onChoose({ method: 'point', point_id: point.id, starts_at: at })}
        choices={hours.map((at) => ({ value: at, label: hourAt(at, point.zone) }))}
      />
    </Field>
  );
}
