import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { Countries } from './lines.tsx';
import { Margin } from './margin.tsx';
import { PriceTableCard } from './price-table.tsx';
import { LINE_WORDS } from './words.ts';

type OperatorLine = components['schemas']['OperatorLine'];
type ServiceLine = components['schemas']['ServiceLine'];

/** A line as one may see it: with what carriers charge us and all versions, or as everybody buys it. */
export function LineScreen({ code }: { readonly code: string }) {
  return useMay()('readOperatorLine') ? <WithBuying code={code} /> : <AsSold code={code} />;
}

function WithBuying({ code }: { readonly code: string }) {
  const t = useWords(LINE_WORDS);
  const language = useLanguage();
  const may = useMay();
  const found = useRead(['lines', code, 'operator'], (signal) =>
    api.get('/v1/lines/{line_code}/operator', { params: { path: { line_code: code } }, signal }),
  );
  const line = found.data?.line;
  return (
    <Page
      title={line === undefined ? code : language === 'zh' ? line.names.zh : line.names.en}
      lead={<CopyId value={code} />}
      actions={
        line && (
          <>
            {may('endLine') && <EndLine code={code} />}
            {may('addLine') && (
              <ButtonLink to={`/operations/lines/${code}/edit?as=new`}>{t('line.add_like')}</ButtonLink>
            )}
            {may('addLineVersion') && (
              <ButtonLink to={`/operations/lines/${code}/edit`} look="primary">
                {t('line.new_version')}
              </ButtonLink>
            )}
          </>
        )
      }
    >
      <Read of={found} rows={10}>
        {(all) => (
          <>
            {all.line === undefined ? (
              <Card>
                <p>{t('line.not_in_force')}</p>
              </Card>
            ) : (
              <LineFacts line={all.line} version={all.version} endsAt={all.ends_at} />
            )}
            <Margins examples={all.examples} />
            {all.line?.selling.map((table) => (
              <PriceTableCard key={table.code} title={t('price.selling')} table={table} />
            ))}
            {all.line?.buying.map((table) => (
              <PriceTableCard key={table.code} title={t('price.buying')} table={table} />
            ))}
            <Versions of={all.versions} />
          </>
        )}
      </Read>
    </Page>
  );
}

function AsSold({ code }: { readonly code: string }) {
  const t = useWords(LINE_WORDS);
  const language = useLanguage();
  const found = useRead(['lines', code], (signal) =>
    api.get('/v1/lines/{line_code}', { params: { path: { line_code: code } }, signal }),
  );
  const names = found.data?.line.names;
  return (
    <Page
      title={names === undefined ? code : language === 'zh' ? names.zh : names.en}
      lead={<CopyId value={code} />}
    >
      <Read of={found} rows={10}>
        {({ line, version }) => (
          <>
            <LineFacts line={line} version={version} />
            {line.selling.map((table) => (
              <PriceTableCard key={table.code} title={t('price.selling')} table={table} />
            ))}
          </>
        )}
      </Read>
    </Page>
  );
}

function LineFacts({
  line,
  version,
  endsAt,
}: {
  readonly line: ServiceLine;
  readonly version?: number | undefined;
  readonly endsAt?: string | undefined;
}) {
  const t = useWords(LINE_WORDS);
  const { weight } = useFormats();
  const [shortest, longest] = [
    Math.min(...line.promise.days.map(({ min_days }) => min_days)),
    Math.max(...line.promise.days.map(({ max_days }) => max_days)),
  ];
  return (
    <Card>
      <Facts
        of={[
          [t('line.version'), version],
          [t('line.since'), <Moment key="since" at={line.valid_from} whole />],
          [t('line.ends'), endsAt === undefined ? t('line.open') : <Moment key="ends" at={endsAt} whole />],
          [
            t('carrier'),
            <span key="carrier" className="number">
              {line.carrier_code}
            </span>,
          ],
          [t('line.class'), t(`class.${line.service_class}`)],
          [t('line.promise'), t('line.days', { shortest, longest })],
          [t('lines.origin'), <Countries key="from" of={line.origins.map(countryOf)} />],
          [t('lines.destination'), <Countries key="to" of={line.destinations.map(countryOf)} />],
          [t('line.limit'), weight(line.limits.max_weight_grams)],
          [t('line.legs'), line.legs.map((leg) => t(`leg_kind.${leg.kind}`)).join(' → ')],
        ]}
      />
    </Card>
  );
}

const countryOf = (area: { readonly country: string }) => area.country;

function Margins({ examples }: { readonly examples: OperatorLine['examples'] }) {
  const t = useWords(LINE_WORDS);
  const { weight, percent } = useFormats();
  if (examples.length === 0) return null;
  return (
    <Card title={t('margin.title')}>
      <p className="mb-3 text-sm text-soft">{t('margin.hint')}</p>
      <Table
        label={t('margin.title')}
        rows={examples}
        rowId={(one) => `${one.zone} ${one.weight_grams}`}
        columns={[
          {
            id: 'zone',
            label: t('price.zone'),
            isName: true,
            cell: (one) => `${one.zone} · ${weight(one.weight_grams)}`,
          },
          {
            id: 'selling',
            label: t('price.selling'),
            align: 'end',
            cell: (one) => <Money of={one.selling} />,
          },
          {
            id: 'buying',
            label: t('price.buying'),
            align: 'end',
            cell: (one) => (one.buying === undefined ? '–' : <Money of={one.buying} />),
          },
          {
            id: 'margin',
            label: t('margin'),
            align: 'end',
            cell: (one) => <Margin of={one.margin} />,
          },
          {
            id: 'share',
            label: t('margin.share'),
            align: 'end',
            cell: (one) =>
              one.margin === undefined || one.selling.amount_minor === 0
                ? '–'
                : percent(one.margin.amount_minor / one.selling.amount_minor),
          },
        ]}
      />
    </Card>
  );
}

function Versions({ of }: { readonly of: OperatorLine['versions'] }) {
  const t = useWords(LINE_WORDS);
  return (
    <Card title={t('versions.title')}>
      <Table
        label={t('versions.title')}
        rows={of.toReversed()}
        rowId={(one) => `${one.version} ${one.recorded_at}`}
        columns={[
          { id: 'version', label: t('line.version'), isName: true, cell: (one) => String(one.version) },
          { id: 'from', label: t('versions.from'), cell: (one) => <Moment at={one.valid_from} whole /> },
          {
            id: 'to',
            label: t('versions.to'),
            cell: (one) => (one.valid_to === undefined ? t('line.open') : <Moment at={one.valid_to} whole />),
          },
          {
            id: 'author',
            label: t('versions.author'),
            cell: (one) => <span className="number">{one.author}</span>,
          },
          { id: 'note', label: t('versions.note'), cell: (one) => one.note ?? '–' },
          { id: 'recorded', label: t('versions.recorded'), cell: (one) => <Moment at={one.recorded_at} /> },
        ]}
      />
    </Card>
  );
}

function EndLine({ code }: { readonly code: string }) {
  const t = useWords(LINE_WORDS);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/lines/{line_code}/end', {
        params: { path: { line_code: code } },
        body: at === '' ? {} : { at: new Date(at).toISOString() },
      }),
    {
      touches: [['lines']],
      done: () => {
        setOpen(false);
        toast('ok', t('line.ended'));
      },
    },
  );
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('line.end')}
      </Button>
      <Dialog title={t('line.end')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('line.end')} look="danger">
          <p>{t('line.end_ask')}</p>
          <Field label={t('line.end_at')} hint={t('line.end_hint')}>
            <Input type="datetime-local" value={at} onText={setAt} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
