import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { FieldFace, NoScreen } from '../field/frame.tsx';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { OwnRefusals } from '../kit/states.tsx';
import { pointDispatcher } from './dispatch.ts';
import { AtPoint } from './here.tsx';
import { useConflictWords } from './parts.tsx';
import { pointApi } from './point-api.ts';
import { POINT_REFUSALS } from './refusals.ts';
import type { PointTask } from './tasks.ts';
import { Today } from './today.tsx';
import { POINT_WORDS } from './words.ts';

const TakeIn = lazy(() => import('./take-in.tsx').then((m) => ({ default: m.TakeIn })));
const HandOut = lazy(() => import('./hand-out-screen.tsx').then((m) => ({ default: m.HandOut })));
const ShelfMap = lazy(() => import('./shelf-map.tsx').then((m) => ({ default: m.ShelfMap })));
const ParcelScreen = lazy(() => import('./parcel.tsx').then((m) => ({ default: m.ParcelScreen })));
const Overdue = lazy(() => import('./overdue.tsx').then((m) => ({ default: m.Overdue })));
const Returns = lazy(() => import('./returns.tsx').then((m) => ({ default: m.Returns })));
const HandOver = lazy(() => import('./hand-over.tsx').then((m) => ({ default: m.HandOver })));
const ReturnIntake = lazy(() => import('./return-intake.tsx').then((m) => ({ default: m.ReturnIntake })));
const Mailings = lazy(() => import('./mailings.tsx').then((m) => ({ default: m.Mailings })));
const WalkIn = lazy(() => import('./walk-in.tsx').then((m) => ({ default: m.WalkIn })));
const MailingIntake = lazy(() => import('./mailing.tsx').then((m) => ({ default: m.MailingIntakeScreen })));
const UnreadIntake = lazy(() => import('./unread-intake.tsx').then((m) => ({ default: m.UnreadIntake })));
const Capacity = lazy(() => import('./capacity.tsx').then((m) => ({ default: m.Capacity })));
const EarningsScreen = lazy(() => import('./earnings.tsx').then((m) => ({ default: m.EarningsScreen })));
const Conflicts = lazy(() => import('./conflicts.tsx').then((m) => ({ default: m.Conflicts })));
const Me = lazy(() => import('./me.tsx').then((m) => ({ default: m.Me })));
const RecordsScreen = lazy(() =>
  import('../field/records-screen.tsx').then((m) => ({ default: m.RecordsScreen })),
);

const DISPATCHER = pointDispatcher(pointApi(api));

export function Face() {
  return (
    <FieldFace
      home="/point"
      useName={useName}
      roles={['point_clerk', 'point_staff']}
      useTabs={useTabs}
      dispatcher={DISPATCHER}
    >
      <OwnRefusals value={POINT_REFUSALS}>
        <AtPoint>
          <Switch>
            <Route path="/point" component={Today} />
            <Route path="/point/take-in" component={TakeIn} />
            <Route path="/point/hand-out" component={HandOut} />
            <Route path="/point/shelf" component={ShelfMap} />
            <Route path="/point/parcels/:id">{({ id }) => <ParcelScreen key={id} id={id} />}</Route>
            <Route path="/point/overdue" component={Overdue} />
            <Route path="/point/returns" component={Returns} />
            <Route path="/point/returns/hand-over" component={HandOver} />
            <Route path="/point/returns/unread" component={UnreadIntake} />
            <Route path="/point/returns/:id">{({ id }) => <ReturnIntake key={id} id={id} />}</Route>
            <Route path="/point/mailings" component={Mailings} />
            <Route path="/point/mailings/new" component={WalkIn} />
            <Route path="/point/mailings/:id">{({ id }) => <MailingIntake key={id} id={id} />}</Route>
            <Route path="/point/capacity" component={Capacity} />
            <Route path="/point/earnings" component={EarningsScreen} />
            <Route path="/point/conflicts" component={Conflicts} />
            <Route path="/point/records">
              <RecordsScreen useTaskName={useTaskName} useRefusal={useConflictWords} />
            </Route>
            <Route path="/point/me" component={Me} />
            <Route>
              <NoScreen />
            </Route>
          </Switch>
        </AtPoint>
      </OwnRefusals>
    </FieldFace>
  );
}

function useName(): string {
  return useWords(POINT_WORDS)('face');
}

function useTabs() {
  const t = useWords(POINT_WORDS);
  return [
    { to: '/point', label: t('menu.today') },
    { to: '/point/take-in', label: t('menu.take_in') },
    { to: '/point/hand-out', label: t('menu.hand_out') },
    { to: '/point/returns', label: t('menu.returns') },
    { to: '/point/mailings', label: t('menu.mailings') },
  ];
}

function useTaskName() {
  const t = useWords(POINT_WORDS);
  return (task: unknown) => t(`task.${(task as PointTask).kind}`);
}
