import { useCallback, useEffect, useState } from 'react';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Choices } from '../kit/field.tsx';
import { Failure, Loading } from '../kit/states.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import { Doors, SelfPost } from './other-ways.tsx';
import { Back, Clock, Sheet } from './parts.tsx';
import { Points } from './points.tsx';
import { usePortal, useReturnAct } from './portal.tsx';
import { isOver, type Options, type Position, type Return, type Way } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

/** How the goods go back: to a counter near the buyer, from his door, or by his own post. */
export function Choose({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  const { ask } = usePortal();
  const [options, setOptions] = useState<Options>();
  const [error, setError] = useState<unknown>();
  const [here, setHere] = useState<Position>();
  const [method, setMethod] = useState<Way['method']>('point');
  const { id } = of;
  const read = useCallback(
    (position: Position | undefined) => {
      const where = position === undefined ? {} : { position };
      ask((token) => api.post('/v1/return-portal/options', { body: { token, return_id: id, where } })).then(
        (found) => {
          setOptions(found);
          setError(undefined);
          // What there is none of is not what one looks at first.
          if (found.points.length === 0) setMethod(found.doors.length > 0 ? 'door' : 'self_post');
        },
        (failure: unknown) => {
          if (!isOver(failure)) setError(failure);
        },
      );
    },
    [ask, id],
  );
  useEffect(() => {
    document.title = `${t('way.title')} · Postroad`;
  }, [t]);
  useEffect(() => read(here), [read, here]);
  const choosing = useReturnAct<Way>(
    (token, route) => api.post('/v1/return-portal/route', { body: { token, return_id: id, route } }),
    () => {
      location.hash = id;
    },
  );
  return (
    <>
      <Back href={`#${id}`}>{t('return.back')}</Back>
      <Sheet>
        <h1 className="text-2xl font-semibold tracking-tight">{t('way.title')}</h1>
        <Clock of={of} />
        <p className="mt-1 text-soft">{r(`payer.${of.freight_payer}`)}</p>
      </Sheet>
      {error !== undefined && <Failure error={error} retry={() => read(here)} />}
      {choosing.error !== undefined && <Failure error={choosing.error} retry={() => read(here)} />}
      {options === undefined ? (
        error === undefined && <Loading rows={6} />
      ) : (
        <>
          <Choices
            legend={t('way.how')}
            value={method}
            onChoice={setMethod}
            choices={[
              { value: 'point' as const, label: t('way.point') },
              { value: 'door' as const, label: t('way.door') },
              { value: 'self_post' as const, label: t('way.self_post') },
            ]}
          />
          {method === 'point' && <Points {...{ options, here, choosing, onHere: setHere }} />}
          {method === 'door' && <Doors {...{ options, choosing }} />}
          {method === 'self_post' && <SelfPost {...{ options, choosing }} />}
        </>
      )}
    </>
  );
}
