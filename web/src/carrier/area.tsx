import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts } from '../kit/values.tsx';
import { areaBody } from './area-body.ts';
import { type Area, AreaState } from './areas.tsx';
import { Capacities } from './capacities.tsx';
import { Closures, WeeklyHours } from './timetable.tsx';
import { CARRIER_WORDS } from './words.ts';

/** Areas are not read one by one: the list is searched, page by page. */
async function readArea(id: string, signal: AbortSignal): Promise<Area | undefined> {
  for (let cursor: string | undefined; ; ) {
    const page = await api.get('/v1/pickup-areas', {
      params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    });
    const found = page.data.find((area) => area.id === id);
    if (found !== undefined || page.next_cursor === undefined) return found;
    cursor = page.next_cursor;
  }
}

export function AreaDetail({ id }: { readonly id: string }) {
  const t = useWords(CARRIER_WORDS);
  const found = useRead(['pickup-areas', id], async (signal) => {
    const [{ capacities }, area] = await Promise.all([
      api.get('/v1/pickup-areas/{area_id}/capacities', { params: { path: { area_id: id } }, signal }),
      readArea(id, signal),
    ]);
    return { area, capacities };
  });
  const area = found.data?.area;
  return (
    <Page
      title={area?.code ?? t('area.title')}
      lead={<CopyId value={id} />}
      actions={area && <Pause area={area} />}
    >
      <Read of={found} rows={6}>
        {(one) =>
          one.area && (
            <>
              <Head area={one.area} />
              <Capacities area={one.area} given={one.capacities} />
              <WeeklyHours area={one.area} />
              <Closures area={one.area} />
            </>
          )
        }
      </Read>
    </Page>
  );
}

function Head({ area }: { readonly area: Area }) {
  const t = useWords(CARRIER_WORDS);
  const { country } = useFormats();
  return (
    <Card>
      <Facts
        of={[
          [t('area.state'), <AreaState key="state" of={area} />],
          [t('area.country'), country(area.country)],
          [t('area.postcodes'), [...area.postcode_prefixes, ...area.divisions].join(', ') || t('area.all')],
          [t('area.zone'), area.zone],
          [t('area.slot'), t(`area.slot.${area.slot}`)],
        ]}
      />
    </Card>
  );
}

function Pause({ area }: { readonly area: Area }) {
  const t = useWords(CARRIER_WORDS);
  const act = useAct(
    () =>
      api.put('/v1/pickup-areas/{area_id}', {
        params: { path: { area_id: area.id } },
        body: { ...areaBody(area), is_on: !area.is_on },
      }),
    { touches: [['pickup-areas']], done: () => toast('ok', t('area.changed')) },
  );
  return (
    <>
      {act.error && <Failure error={act.error} />}
      <Button busy={act.isPending} onClick={() => act.mutate(undefined)}>
        {area.is_on ? t('area.pause') : t('area.resume')}
      </Button>
    </>
  );
}
