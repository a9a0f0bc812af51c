import { useState } from 'react';
import { CopyId } from '../kit/copy.tsx';
import { WorldMapLater } from '../kit/map.tsx';
import { Card } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Loading } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { Day, Facts, Moment, Money, Size, Weight } from '../kit/values.tsx';

type Row = { readonly id: string; readonly to: string; readonly grams: number; readonly minor: number };
const ROWS: readonly Row[] = [
  { id: 'PRE00000001238', to: 'München, DE', grams: 780, minor: 549 },
  { id: 'PRE00000001246', to: 'Lyon, FR', grams: 2450, minor: 1189 },
  { id: 'PRE00000001254', to: 'Sevilla, ES', grams: 120, minor: 399 },
];
const COLUMNS: readonly Column<Row>[] = [
  { id: 'number', label: 'Number', isName: true, cell: (row) => <CopyId value={row.id} /> },
  { id: 'to', label: 'To', cell: (row) => row.to },
  { id: 'state', label: 'State', cell: () => <Status tone="move">On the way</Status> },
  { id: 'weight', label: 'Weight', align: 'end', cell: (row) => <Weight grams={row.grams} /> },
  {
    id: 'price',
    label: 'Freight',
    align: 'end',
    cell: (row) => <Money of={{ amount_minor: row.minor, currency: 'EUR' }} />,
  },
];

export function Display() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['PRE00000001246']));
  return (
    <>
      <Card title="Table">
        <Table
          label="Shipments"
          rows={ROWS}
          columns={COLUMNS}
          rowId={(row) => row.id}
          selection={{ selected, onSelected: setSelected }}
        />
        <Pager of={{ page: 2, previous: () => undefined, next: () => undefined }} />
      </Card>
      <Card title="Facts">
        <Facts
          of={[
            ['Number', <CopyId key="n" value="PRE00000001238" />],
            ['Weight', <Weight key="w" grams={1250} />],
            ['Size', <Size key="s" of={{ length_mm: 200, width_mm: 155, height_mm: 80 }} />],
            ['Freight', <Money key="m" of={{ amount_minor: 100, currency: 'JPY' }} />],
            ['Sent', <Moment key="t" at="2026-03-01T08:30:00Z" zone="Asia/Shanghai" whole />],
            ['Promised', <Day key="d" of="2026-03-06" />],
          ]}
        />
      </Card>
      <Card title="Timeline">
        <Timeline
          steps={[
            {
              id: '1',
              tone: 'ok',
              title: 'Delivered',
              when: 'Today, 10:42',
              detail: 'Handed to a neighbour',
            },
            { id: '2', tone: 'warn', title: 'Nobody was in', when: 'Yesterday, 15:10' },
            { id: '3', tone: 'move', title: 'Out for delivery', when: 'Yesterday, 08:05' },
            { id: '4', tone: 'idle', title: 'Label printed', when: '1 March' },
          ]}
        />
      </Card>
      <Card title="Empty, loading, failure">
        <Empty title="No orders yet" hint="Import a file or send them by the API." />
        <Loading />
        <Failure error={new Error('made up')} retry={() => undefined} />
      </Card>
      <Card title="Map, without any foreign server">
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
