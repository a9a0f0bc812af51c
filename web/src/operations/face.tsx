import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { StaffFace } from '../ground/shell.tsx';
import { useWords } from '../ground/words.ts';
import { Empty } from '../kit/states.tsx';
import { Home } from './home.tsx';
import { useOperationsMenu } from './menu.ts';
import { OPERATIONS_WORDS } from './words.ts';

const Search = lazy(() => import('./search.tsx').then((m) => ({ default: m.Search })));
const Shipments = lazy(() => import('../parcels/shipments.tsx').then((m) => ({ default: m.Shipments })));
const ShipmentScreen = lazy(() => import('./shipment.tsx').then((m) => ({ default: m.ShipmentScreen })));
const Orders = lazy(() => import('./orders.tsx').then((m) => ({ default: m.Orders })));
const OrderDetail = lazy(() => import('../parcels/order.tsx').then((m) => ({ default: m.OrderDetail })));
const ParcelScreen = lazy(() => import('./parcel.tsx').then((m) => ({ default: m.ParcelScreen })));
const TopUpScreen = lazy(() => import('./top-ups.tsx').then((m) => ({ default: m.TopUpScreen })));
const Wallets = lazy(() => import('./wallets.tsx').then((m) => ({ default: m.Wallets })));
const WalletDetail = lazy(() => import('./wallets.tsx').then((m) => ({ default: m.WalletDetail })));
const HealthScreen = lazy(() => import('./health.tsx').then((m) => ({ default: m.HealthScreen })));
const Audit = lazy(() => import('./audit.tsx').then((m) => ({ default: m.Audit })));

export function Face() {
  return (
    <StaffFace
      name={useName}
      roles={['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor']}
      useMenu={useOperationsMenu}
    >
      <Switch>
        <Route path="/operations" component={Home} />
        <Route path="/operations/search" component={Search} />
        <Route path="/operations/shipments">{() => <Shipments />}</Route>
        <Route path="/operations/shipments/:id">{({ id }) => <ShipmentScreen id={id} />}</Route>
        <Route path="/operations/orders" component={Orders} />
        <Route path="/operations/orders/:id">{({ id }) => <OrderDetail id={id} />}</Route>
        <Route path="/operations/parcels/:id">{({ id }) => <ParcelScreen id={id} />}</Route>
        <Route path="/operations/top-ups" component={TopUpScreen} />
        <Route path="/operations/wallets" component={Wallets} />
        <Route path="/operations/wallets/:id">{({ id }) => <WalletDetail id={id} />}</Route>
        <Route path="/operations/health" component={HealthScreen} />
        <Route path="/operations/audit" component={Audit} />
        <Route>
          <Empty title="404" />
        </Route>
      </Switch>
    </StaffFace>
  );
}

function useName(): string {
  return useWords(OPERATIONS_WORDS)('face');
}
