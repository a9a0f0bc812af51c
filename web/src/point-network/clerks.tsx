import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct, usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { OutletName } from '../outlets/parts.tsx';
import { Devices } from './devices.tsx';
import { NETWORK_OFFICE_WORDS, NETWORK_WORDS } from './words.ts';

type Person = components['schemas']['Person'];
type Clerk = components['schemas']['PointClerk'];
/** Pages of 100 that are read; a network with more clerks places them by the API. */
const MAX_PAGES = 20;

async function readClerks(signal: AbortSignal): Promise<ReadonlyMap<string, Clerk>> {
  const all = new Map<string, Clerk>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { data, next_cursor } = await api.get('/v1/point-clerks', {
      params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    });
    for (const clerk of data) all.set(clerk.person_id, clerk);
    if (next_cursor === undefined) break;
    cursor = next_cursor;
  }
  return all;
}

/** Which person of the network works at which counter, and with which device. */
export function Clerks() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const n = useWords(NETWORK_WORDS);
  const [chosen, setChosen] = useState<Person | undefined>();
  const clerks = useRead(['point-clerks'], readClerks);
  const people = usePages<Person>(['people', 'clerks'], async (cursor, signal) => {
    const page = await api.get('/v1/people', {
      params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    });
    return { ...page, data: page.data.filter(({ role }) => role === 'point_clerk') };
  });
  const placesOf = (person: Person) => clerks.data?.get(person.id)?.point_ids ?? [];
  return (
    <Page
      title={t('clerks.title')}
      lead={t('clerks.lead')}
      actions={<ButtonLink to="/network/members">{n('menu.members')}</ButtonLink>}
    >
      <Card>
        <PagedTable
          of={people}
          empty={<Empty title={t('clerks.none')} hint={t('clerks.none_hint')} />}
          label={t('clerks.title')}
          rowId={(one) => one.id}
          columns={[
            { id: 'name', label: t('clerk.name'), isName: true, cell: (one) => one.name },
            {
              id: 'outlets',
              label: t('clerk.outlets'),
              cell: (one) =>
                placesOf(one).length === 0 ? (
                  t('clerk.nowhere')
                ) : (
                  <ul>
                    {placesOf(one).map((id) => (
                      <li key={id}>
                        <OutletName id={id} link />
                      </li>
                    ))}
                  </ul>
                ),
            },
            {
              id: 'place',
              label: t('clerk.place'),
              cell: (one) => (
                <Button size="small" onClick={() => setChosen(one)}>
                  {t('clerk.place')}
                </Button>
              ),
            },
          ]}
        />
      </Card>
      <Devices />
      {chosen !== undefined && (
        <PlaceClerk
          key={chosen.id}
          person={chosen}
          places={placesOf(chosen)}
          onDone={() => setChosen(undefined)}
        />
      )}
    </Page>
  );
}

function PlaceClerk({
  person,
  places,
  onDone,
}: {
  readonly person: Person;
  readonly places: readonly string[];
  readonly onDone: () => void;
}) {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const [ids, setIds] = useState(places);
  const [code, setCode] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const find = useAct(
    () => api.get('/v1/points', { params: { query: { outlet_code: code.trim(), limit: 1 } } }),
    {
      done: ({ data: [found] }) => {
        setUnknown(found === undefined);
        if (found === undefined) return;
        setIds([...ids.filter((id) => id !== found.id), found.id]);
        setCode('');
      },
    },
  );
  const save = useAct(
    () =>
      api.put('/v1/point-clerks/{person_id}', {
        params: { path: { person_id: person.id } },
        body: { point_ids: [...ids] },
      }),
    {
      touches: [['point-clerks']],
      done: () => {
        toast('ok', t('clerk.placed'));
        onDone();
      },
    },
  );
  return (
    <Dialog title={person.name} open onOpen={(open) => !open && onDone()}>
      <ActForm act={save} submit={t('clerk.save')}>
        <ul className="grid gap-1.5">
          {ids.map((id) => (
            <li key={id} className="flex items-center justify-between gap-3">
              <OutletName id={id} />
              <Button size="small" onClick={() => setIds(ids.filter((one) => one !== id))}>
                {t('clerk.remove')}
              </Button>
            </li>
          ))}
          {ids.length === 0 && <li className="text-soft">{t('clerk.nowhere')}</li>}
        </ul>
        <div className="grid grid-cols-[1fr_auto] items-end gap-2">
          <Field label={t('clerk.add')} error={isUnknown ? t('clerk.unknown') : undefined}>
            <Input mono maxLength={40} value={code} onText={setCode} />
          </Field>
          <Button busy={find.isPending} disabled={code.trim() === ''} onClick={() => find.mutate(undefined)}>
            {t('clerk.add_do')}
          </Button>
        </div>
      </ActForm>
    </Dialog>
  );
}
