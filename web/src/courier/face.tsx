import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { FieldFace, NoScreen } from '../field/frame.tsx';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { courierApi } from './courier-api.ts';
import { courierDispatcher } from './dispatch.ts';
import { Run } from './run.tsx';
import type { CourierTask } from './tasks.ts';
import { COURIER_WORDS } from './words.ts';

const StopScreen = lazy(() => import('./stop.tsx').then((m) => ({ default: m.StopScreen })));
const Pickups = lazy(() => import('./pickups.tsx').then((m) => ({ default: m.Pickups })));
const PickupScreen = lazy(() => import('./pickup.tsx').then((m) => ({ default: m.PickupScreen })));
const MailingScreen = lazy(() => import('./mailing.tsx').then((m) => ({ default: m.MailingScreen })));
const RecordsScreen = lazy(() =>
  import('../field/records-screen.tsx').then((m) => ({ default: m.RecordsScreen })),
);
const MeScreen = lazy(() => import('../field/me-screen.tsx').then((m) => ({ default: m.MeScreen })));

const DISPATCHER = courierDispatcher(courierApi(api));

export function Face() {
  return (
    <FieldFace
      home="/courier"
      useName={useName}
      roles={['courier']}
      useTabs={useTabs}
      dispatcher={DISPATCHER}
    >
      <Switch>
        <Route path="/courier" component={Run} />
        <Route path="/courier/stops/:id">{({ id }) => <StopScreen key={id} id={id} />}</Route>
        <Route path="/courier/pickups" component={Pickups} />
        <Route path="/courier/pickups/:id">{({ id }) => <PickupScreen key={id} id={id} />}</Route>
        <Route path="/courier/mailings/:id">{({ id }) => <MailingScreen key={id} id={id} />}</Route>
        <Route path="/courier/records">
          <RecordsScreen useTaskName={useTaskName} />
        </Route>
        <Route path="/courier/me">
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
  return useWords(COURIER_WORDS)('face');
}

function useTabs() {
  const t = useWords(COURIER_WORDS);
  return [
    { to: '/courier', label: t('menu.run') },
    { to: '/courier/pickups', label: t('menu.pickups') },
  ];
}

function useTaskName() {
  const t = useWords(COURIER_WORDS);
  return (task: unknown) => t(`task.${(task as CourierTask).kind}`);
}
