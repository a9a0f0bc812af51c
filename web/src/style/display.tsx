import { useState } from 'react';
import { useWords } from '../ground/words.ts';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { CopyId } from '../kit/copy.tsx';
import { WorldMapLater } from '../kit/map.tsx';
import { Card } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Loading } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { Day, Facts, Moment, Money, Size, Weight } from '../kit/values.tsx';
import { STYLE_WORDS } from './words.ts';

type Row = { readonly id: string; readonly to: string; readonly grams: number; readonly minor: number };
const ROWS: readonly Row[] = [
  { id: 'PRE00000001238', to: 'München, DE', grams: 780, minor: 549 },
  { id: 'PRE00000001246', to: 'Lyon, FR', grams: 2450, minor: 1189 },
  { id: 'PRE00000001254', to: 'Sevilla, ES', grams: 120, minor: 399 },
];

function useColumns(): readonly Column<Row>[] {
  const t = useWords(STYLE_WORDS);
  return [
    { id: 'number', label: t('table.number'), isName: true, cell: (row) => <CopyId value={row.id} /> },
    { id: 'to', label: t('table.to'), cell: (row) => row.to },
    { id: 'state', label: t('table.state'), cell: () => <Status tone="move">{t('tone.move')}</Status> },
    { id: 'weight', label: t('table.weight'), align: 'end', cell: (row) => <Weight grams={row.grams} /> },
    {
      id: 'price',
      label: t('table.freight'),
      align: 'end',
      cell: (row) => <Money of={{ amount_minor: row.minor, currency: 'EUR' }} />,
    },
  ];
}

export function Display() {
  const t = useWords(STYLE_WORDS);
  const columns = useColumns();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['PRE00000001246']));
  return (
    <>
      <Card title={t('table')}>
        <Table
          label={t('table.shipments')}
          rows={ROWS}
          columns={columns}
          rowId={(row) => row.id}
          selection={{ selected, onSelected: setSelected }}
        />
        <Pager of={{ page: 2, previous: () => undefined, next: () => undefined }} />
      </Card>
      <Card title={t('facts')}>
        <Facts
          of={[
            [t('table.number'), <CopyId key="n" value="PRE00000001238" />],
            [t('table.weight'), <Weight key="w" grams={1250} />],
            [t('fact.size'), <Size key="s" of={{ length_mm: 200, width_mm: 155, height_mm: 80 }} />],
            [t('table.freight'), <Money key="m" of={{ amount_minor: 100, currency: 'JPY' }} />],
            [t('fact.sent'), <Moment key="t" at="2026-03-01T08:30:00Z" zone="Asia/Shanghai" whole />],
            [t('fact.promised'), <Day key="d" of="2026-03-06" />],
          ]}
        />
      </Card>
      <Card title={t('timeline')}>
        <Timeline
          steps={[
            {
              id: '1',
              tone: 'ok',
              title: t('tone.ok'),
              when: t('step.today'),
              detail: t('step.neighbour'),
            },
            { id: '2', tone: 'warn', title: t('step.nobody'), when: t('step.afternoon') },
            { id: '3', tone: 'move', title: t('step.out'), when: t('step.morning') },
            { id: '4', tone: 'idle', title: t('step.label'), when: t('step.march') },
          ]}
        />
      </Card>
      <Card title={t('states')}>
        <Empty title={t('states.empty')} hint={t('states.empty_hint')} />
        <Loading />
        <Failure error={new Error(t('states.failure'))} retry={() => undefined} />
      </Card>
      <Card title={t('symbols')}>
        <div className="flex flex-wrap items-center gap-6">
          <CodeSymbol kind="qr" text="https://postroad.example/track" label={t('symbols.qr')} />
          <CodeSymbol kind="code128" text="PRE00000001238" label={t('symbols.bars')} />
        </div>
      </Card>
      <Card title={t('map')}>
        <WorldMapLater
          points={[
            { id: 'sh', longitude: 121.5, latitude: 31.2, tone: 'accent', size: 14 },
            { id: 'lej', longitude: 12.2, latitude: 51.4, tone: 'move' },
            { id: 'mad', longitude: -3.7, latitude: 40.4, tone: 'ok' },
          ]}
          lines={[
            { id: 'a', from: [121.5, 31.2], to: [12.2, 51.4], tone: 'move' },
            { id: 'b', from: [12.2, 51.4], to: [-3.7, 40.4], tone: 'idle', dashed: true },
          ]}
        />
      </Card>
    </>
  );
}
