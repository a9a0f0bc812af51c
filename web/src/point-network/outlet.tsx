import { useAddressChoice } from '../ground/address.ts';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { OutletHistory } from '../outlets/outlet-history.tsx';
import { OutletHours, OutletRange, OutletRecord } from '../outlets/outlet-record.tsx';
import { Papers } from '../outlets/papers.tsx';
import { type Outlet, OutletState, useOutlet } from '../outlets/parts.tsx';
import { CapacityDesk } from './capacity.tsx';
import { HoursEditor } from './hours-editor.tsx';
import { Exit, Filing, Pause } from './life.tsx';
import { RangeEditor } from './range-editor.tsx';
import { RecordEditor } from './record-editor.tsx';
import { OUTLET_DESK_WORDS } from './words.ts';

const VIEWS = ['record', 'hours', 'range', 'capacity', 'papers', 'life'] as const;

/** One counter of the network: what is known of it, and all that its office may change. */
export function OutletDetail({ id }: { readonly id: string }) {
  const found = useOutlet(id);
  const outlet = found.data;
  return (
    <Page
      title={outlet?.name ?? id}
      lead={
        outlet && (
          <span className="inline-flex flex-wrap items-center gap-2">
            <span className="number">{outlet.outlet_code}</span>
            <OutletState of={outlet.state} />
          </span>
        )
      }
    >
      <Read of={found} rows={8}>
        {(one) => <Views outlet={one} />}
      </Read>
    </Page>
  );
}

function Views({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const [view, setView] = useAddressChoice('view', VIEWS);
  const isOver = outlet.state === 'exited';
  const contents = {
    record: (
      <>
        <OutletRecord outlet={outlet} />
        {!isOver && <RecordEditor outlet={outlet} />}
        <OutletHistory id={outlet.id} />
      </>
    ),
    hours: isOver ? <OutletHours outlet={outlet} /> : <HoursEditor outlet={outlet} />,
    range: isOver ? <OutletRange outlet={outlet} /> : <RangeEditor outlet={outlet} />,
    capacity: <CapacityDesk outlet={outlet} />,
    papers: (
      <>
        <Papers outlet={outlet} />
        <Filing outlet={outlet} />
      </>
    ),
    life: (
      <>
        <Pause outlet={outlet} />
        <Exit outlet={outlet} />
      </>
    ),
  };
  return (
    <Tabs
      label={t('view.label')}
      value={view}
      onValue={(next) => setView(VIEWS.find((one) => one === next) ?? 'record')}
      tabs={VIEWS.map((one) => ({ id: one, label: t(`view.${one}`), content: contents[one] }))}
    />
  );
}
