import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Choices, Field, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { TextDrop } from '../kit/text-drop.tsx';
import { FeedList, feedsKey } from '../outlets/feeds.tsx';
import { linesOf } from './typed.ts';
import { NETWORK_OFFICE_WORDS, NETWORK_WORDS } from './words.ts';

/** As network/points/feed-line.ts reads them. */
const COLUMNS = [
  'outlet_code',
  'status',
  'name',
  'kind',
  'services',
  'goods_classes',
  'country',
  'division_codes',
  'city',
  'postcode',
  'address',
  'latitude',
  'longitude',
  'zone',
  'hours',
  'collect_per_hour',
  'return_per_hour',
  'mail_per_hour',
  'shelf',
  'max_weight_grams',
  'max_side_mm',
].join(', ');

export function Feeds() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const n = useWords(NETWORK_WORDS);
  const id = useSession().person.organisation_id;
  return (
    <Page title={n('menu.feeds')} lead={t('feeds.lead')}>
      <Send id={id} />
      <FeedList organisationId={id} address="/feeds" />
    </Page>
  );
}

const MODES = ['delta', 'full'] as const;

function Send({ id }: { readonly id: string }) {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const [mode, setMode] = useState<(typeof MODES)[number]>('delta');
  const act = useAct(
    () =>
      api.post('/v1/point-networks/{organisation_id}/outlet-feeds', {
        params: { path: { organisation_id: id }, query: { mode } },
        body: text as never,
        bodySerializer: (body: unknown) => body as string,
        headers: { 'content-type': 'text/csv' },
      }),
    { touches: [feedsKey(id)], done: (feed) => go(`/network/feeds/${feed.id}`) },
  );
  const lines = Math.max(0, linesOf(text).length - 1);
  return (
    <Card title={t('feed.new')}>
      <ActForm act={act} submit={t('feed.send')} disabled={lines === 0}>
        <Choices
          legend={t('feed.mode')}
          value={mode}
          onChoice={setMode}
          choices={MODES.map((one) => ({ value: one, label: t(`feed.mode.${one}`) }))}
        />
        <TextDrop label={t('feed.file')} accept=".csv,text/csv" onText={setText} />
        <Field label={t('feed.paste')} hint={t('feed.columns', { columns: COLUMNS })}>
          <Textarea mono rows={5} value={text} onText={setText} spellCheck={false} />
        </Field>
        {lines > 0 && <p>{t('feed.lines', { count: lines })}</p>}
      </ActForm>
    </Card>
  );
}
