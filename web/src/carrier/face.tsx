import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { staffReady } from '../ground/ready.ts';
import { type MenuGroup, StaffFace } from '../ground/shell.tsx';
import { useWords } from '../ground/words.ts';
import { Empty } from '../kit/states.tsx';
import { Orders } from './orders.tsx';
import { CARRIER_WORDS } from './words.ts';

const Shipment = lazy(() => import('./orders.tsx').then((m) => ({ default: m.CarrierShipment })));
const Scans = lazy(() => import('./scans.tsx').then((m) => ({ default: m.Scans })));
const Quarantine = lazy(() => import('./quarantine.tsx').then((m) => ({ default: m.Quarantine })));
const Unmapped = lazy(() => import('./unmapped.tsx').then((m) => ({ default: m.Unmapped })));
const Connecting = lazy(() => import('../sources/connecting.tsx').then((m) => ({ default: m.Connecting })));
const Numbers = lazy(() => import('./numbers.tsx').then((m) => ({ default: m.Numbers })));
const Areas = lazy(() => import('./areas.tsx').then((m) => ({ default: m.Areas })));
const AreaDetail = lazy(() => import('./area.tsx').then((m) => ({ default: m.AreaDetail })));
const Couriers = lazy(() => import('./couriers.tsx').then((m) => ({ default: m.Couriers })));
const Visits = lazy(() => import('./visits.tsx').then((m) => ({ default: m.Visits })));
const VisitDetail = lazy(() => import('./visit.tsx').then((m) => ({ default: m.VisitDetail })));
const Blocks = lazy(() => import('./blocks.tsx').then((m) => ({ default: m.Blocks })));
const Stops = lazy(() => import('./stops.tsx').then((m) => ({ default: m.Stops })));
const Papers = lazy(() => import('./papers.tsx').then((m) => ({ default: m.Papers })));
const WalletScreen = lazy(() => import('../office/wallet.tsx').then((m) => ({ default: m.WalletScreen })));
const Statements = lazy(() => import('./door-freight.tsx').then((m) => ({ default: m.CarrierStatements })));
const ApiKeys = lazy(() => import('../office/api-keys.tsx').then((m) => ({ default: m.ApiKeys })));
const Webhooks = lazy(() => import('../office/webhooks.tsx').then((m) => ({ default: m.Webhooks })));
const WebhookDetail = lazy(() => import('../office/webhook.tsx').then((m) => ({ default: m.WebhookDetail })));
const Members = lazy(() => import('../office/members.tsx').then((m) => ({ default: m.Members })));
const Reports = lazy(() => import('../parcels/reports.tsx').then((m) => ({ default: m.StatusReports })));
const ReportDetail = lazy(() =>
  import('../parcels/report.tsx').then((m) => ({ default: m.StatusReportDetail })),
);

export const ready = staffReady([CARRIER_WORDS]);

export function Face() {
  return (
    <StaffFace name={useName} roles={['carrier']} useMenu={useCarrierMenu}>
      <Switch>
        <Route path="/carrier" component={Orders} />
        <Route path="/carrier/shipments/:id">{({ id }) => <Shipment id={id} />}</Route>
        <Route path="/carrier/reports" component={Reports} />
        <Route path="/carrier/reports/:id">{({ id }) => <ReportDetail key={id} id={id} />}</Route>
        <Route path="/carrier/scans" component={Scans} />
        <Route path="/carrier/unmapped" component={Unmapped} />
        <Route path="/carrier/quarantine" component={Quarantine} />
        <Route path="/carrier/connections" component={Connecting} />
        <Route path="/carrier/numbers" component={Numbers} />
        <Route path="/carrier/interceptions" component={Stops} />
        <Route path="/carrier/visits" component={Visits} />
        <Route path="/carrier/visits/:id">{({ id }) => <VisitDetail key={id} id={id} />}</Route>
        <Route path="/carrier/blocks" component={Blocks} />
        <Route path="/carrier/areas" component={Areas} />
        <Route path="/carrier/areas/:id">{({ id }) => <AreaDetail key={id} id={id} />}</Route>
        <Route path="/carrier/couriers" component={Couriers} />
        <Route path="/carrier/papers" component={Papers} />
        <Route path="/carrier/wallet" component={WalletScreen} />
        <Route path="/carrier/statements" component={Statements} />
        <Route path="/carrier/keys" component={ApiKeys} />
        <Route path="/carrier/webhooks" component={Webhooks} />
        <Route path="/carrier/webhooks/:id">{({ id }) => <WebhookDetail id={id} />}</Route>
        <Route path="/carrier/members" component={Members} />
        <Route>
          <Empty title="404" />
        </Route>
      </Switch>
    </StaffFace>
  );
}

function useName(): string {
  return useWords(CARRIER_WORDS)('face');
}

function useCarrierMenu(): readonly MenuGroup[] {
  const t = useWords(CARRIER_WORDS);
  return [
    {
      label: t('menu.work'),
      items: [
        { to: '/carrier', label: t('menu.orders') },
        { to: '/carrier/interceptions', label: t('menu.stops') },
        { to: '/carrier/reports', label: t('menu.reports') },
        { to: '/carrier/scans', label: t('menu.scans') },
        { to: '/carrier/unmapped', label: t('menu.unmapped') },
        { to: '/carrier/quarantine', label: t('menu.quarantine') },
        { to: '/carrier/numbers', label: t('menu.numbers') },
      ],
    },
    {
      label: t('menu.door'),
      items: [
        { to: '/carrier/visits', label: t('menu.visits') },
        { to: '/carrier/areas', label: t('menu.areas') },
        { to: '/carrier/couriers', label: t('menu.couriers') },
        { to: '/carrier/blocks', label: t('menu.blocks') },
      ],
    },
    {
      label: t('menu.own'),
      items: [
        { to: '/carrier/papers', label: t('menu.papers') },
        { to: '/carrier/wallet', label: t('menu.wallet') },
        { to: '/carrier/statements', label: t('menu.statements') },
        { to: '/carrier/keys', label: t('menu.keys') },
        { to: '/carrier/webhooks', label: t('menu.webhooks') },
        { to: '/carrier/connections', label: t('menu.connections') },
        { to: '/carrier/members', label: t('menu.members') },
      ],
    },
  ];
}
