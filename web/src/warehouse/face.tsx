import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { FieldFace, NoScreen } from '../field/frame.tsx';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Arrivals } from './arrivals.tsx';
import { warehouseDispatcher } from './dispatch.ts';
import type { WarehouseTask } from './tasks.ts';
import { warehouseApi } from './warehouse-api.ts';
import { WAREHOUSE_WORDS } from './words.ts';

const Count = lazy(() => import('./count.tsx').then((m) => ({ default: m.Count })));
const Parcels = lazy(() => import('./parcels.tsx').then((m) => ({ default: m.Parcels })));
const Desk = lazy(() => import('./desk.tsx').then((m) => ({ default: m.Desk })));
const RecordsScreen = lazy(() =>
  import('../field/records-screen.tsx').then((m) => ({ default: m.RecordsScreen })),
);
const MeScreen = lazy(() => import('../field/me-screen.tsx').then((m) => ({ default: m.MeScreen })));

const DISPATCHER = warehouseDispatcher(warehouseApi(api));

export function Face() {
  return (
    <FieldFace
      home="/warehouse"
      useName={useName}
      roles={['warehouse_staff']}
      useTabs={useTabs}
      dispatcher={DISPATCHER}
    >
      <Switch>
        <Route path="/warehouse" component={Arrivals} />
        <Route path="/warehouse/handovers/:id">{({ id }) => <Count key={id} id={id} />}</Route>
        <Route path="/warehouse/parcels" component={Parcels} />
        <Route path="/warehouse/parcels/:id">{({ id }) => <Desk key={id} id={id} />}</Route>
        <Route path="/warehouse/records">
          <RecordsScreen useTaskName={useTaskName} />
        </Route>
        <Route path="/warehouse/me">
          <MeScreen />
        </Route>
        <Route>
          <NoScreen />
        </Route>
      </Switch>
    </FieldFace>
  );
}

function useName(): string {
  return useWords(WAREHOUSE_WORDS)('face');
}

function useTabs() {
  const t = useWords(WAREHOUSE_WORDS);
  return [
    { to: '/warehouse', label: t('menu.arrivals') },
    { to: '/warehouse/parcels', label: t('menu.parcels') },
  ];
}

function useTaskName() {
  const t = useWords(WAREHOUSE_WORDS);
  return (task: unknown) => t(`task.${(task as WarehouseTask).kind}`);
}
