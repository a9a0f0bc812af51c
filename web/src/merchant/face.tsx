import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { staffReady } from '../ground/ready.ts';
import { mayCall, useSession } from '../ground/session.tsx';
import { type MenuGroup, StaffFace } from '../ground/shell.tsx';
import { useWords } from '../ground/words.ts';
import { Empty } from '../kit/states.tsx';
import { WALLETS } from '../office/wallet-cards.tsx';
import { OFFICE_WORDS } from '../office/words.ts';
import { OPEN_ORDERS, UNDECIDED } from '../parcels/waiting.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { Home } from './home.tsx';
import { MERCHANT_WORDS } from './words.ts';

const Orders = lazy(() => import('./orders.tsx').then((m) => ({ default: m.Orders })));
const ImportOrders = lazy(() => import('./import-orders.tsx').then((m) => ({ default: m.ImportOrders })));
const NewOrder = lazy(() => import('./new-order.tsx').then((m) => ({ default: m.NewOrder })));
const BulkShip = lazy(() => import('./bulk-ship.tsx').then((m) => ({ default: m.BulkShip })));
const EditOrder = lazy(() => import('./edit-order.tsx').then((m) => ({ default: m.EditOrder })));
const OrderDetail = lazy(() => import('./order.tsx').then((m) => ({ default: m.MerchantOrder })));
const Shipments = lazy(() => import('./shipments.tsx').then((m) => ({ default: m.MerchantShipments })));
const ShipmentDetail = lazy(() => import('./shipment.tsx').then((m) => ({ default: m.MerchantShipment })));
const Intercept = lazy(() => import('./intercept.tsx').then((m) => ({ default: m.Intercept })));
const Search = lazy(() => import('../parcels/search.tsx').then((m) => ({ default: m.Search })));
const PrintQueue = lazy(() => import('./print-queue.tsx').then((m) => ({ default: m.PrintQueue })));
const Pickups = lazy(() => import('./pickups.tsx').then((m) => ({ default: m.Pickups })));
const BookPickup = lazy(() => import('./book-pickup.tsx').then((m) => ({ default: m.BookPickup })));
const PickupDetail = lazy(() => import('./pickup.tsx').then((m) => ({ default: m.PickupDetail })));
const Handovers = lazy(() => import('./handovers.tsx').then((m) => ({ default: m.Handovers })));
const NewHandover = lazy(() => import('./new-handover.tsx').then((m) => ({ default: m.NewHandover })));
const HandoverDetail = lazy(() => import('./handover.tsx').then((m) => ({ default: m.HandoverDetail })));
const Bags = lazy(() => import('./bags.tsx').then((m) => ({ default: m.Bags })));
const BagDetail = lazy(() => import('./bag.tsx').then((m) => ({ default: m.BagDetail })));
const ExternalShipments = lazy(() =>
  import('../external/list.tsx').then((m) => ({ default: m.ExternalShipments })),
);
const DeclareShipment = lazy(() =>
  import('../external/declare.tsx').then((m) => ({ default: m.DeclareShipment })),
);
const ImportExternal = lazy(() =>
  import('../external/import.tsx').then((m) => ({ default: m.ImportExternal })),
);
const ExternalShipmentDetail = lazy(() =>
  import('../external/shipment.tsx').then((m) => ({ default: m.ExternalShipmentDetail })),
);
const MerchantVerifications = lazy(() =>
  import('./verifications.tsx').then((m) => ({ default: m.MerchantVerifications })),
);
const VerificationDetail = lazy(() =>
  import('../verifications/verification.tsx').then((m) => ({ default: m.VerificationDetail })),
);
const MerchantReturns = lazy(() => import('./returns.tsx').then((m) => ({ default: m.MerchantReturns })));
const ReturnSettings = lazy(() =>
  import('./return-settings.tsx').then((m) => ({ default: m.ReturnSettings })),
);
const ReturnDetail = lazy(() =>
  import('../returns-desk/return.tsx').then((m) => ({ default: m.ReturnDetail })),
);
const WalletScreen = lazy(() => import('../office/wallet.tsx').then((m) => ({ default: m.WalletScreen })));
const Statements = lazy(() => import('../office/statements.tsx').then((m) => ({ default: m.Statements })));
const Senders = lazy(() => import('./senders.tsx').then((m) => ({ default: m.Senders })));
const Connecting = lazy(() => import('../sources/connecting.tsx').then((m) => ({ default: m.Connecting })));
const ApiKeys = lazy(() => import('../office/api-keys.tsx').then((m) => ({ default: m.ApiKeys })));
const Webhooks = lazy(() => import('../office/webhooks.tsx').then((m) => ({ default: m.Webhooks })));
const WebhookDetail = lazy(() => import('../office/webhook.tsx').then((m) => ({ default: m.WebhookDetail })));
const Members = lazy(() => import('../office/members.tsx').then((m) => ({ default: m.Members })));
const Reports = lazy(() => import('../parcels/reports.tsx').then((m) => ({ default: m.StatusReports })));
const ReportDetail = lazy(() =>
  import('../parcels/report.tsx').then((m) => ({ default: m.StatusReportDetail })),
);

export const ready = staffReady([MERCHANT_WORDS, OFFICE_WORDS, PARCEL_WORDS], {
  address: '/merchant',
  readings: [WALLETS, OPEN_ORDERS, UNDECIDED],
});

export function Face() {
  return (
    <StaffFace name={useName} roles={['merchant_admin', 'merchant_clerk']} useMenu={useMerchantMenu}>
      <Switch>
        <Route path="/merchant" component={Home} />
        <Route path="/merchant/orders" component={Orders} />
        <Route path="/merchant/orders/import" component={ImportOrders} />
        <Route path="/merchant/orders/new" component={NewOrder} />
        <Route path="/merchant/orders/ship" component={BulkShip} />
        <Route path="/merchant/orders/:id">{({ id }) => <OrderDetail id={id} />}</Route>
        <Route path="/merchant/orders/:id/edit">{({ id }) => <EditOrder id={id} />}</Route>
        <Route path="/merchant/shipments" component={Shipments} />
        <Route path="/merchant/shipments/:id">{({ id }) => <ShipmentDetail id={id} />}</Route>
        <Route path="/merchant/shipments/:id/interception">{({ id }) => <Intercept id={id} />}</Route>
        <Route path="/merchant/reports" component={Reports} />
        <Route path="/merchant/reports/:id">{({ id }) => <ReportDetail key={id} id={id} />}</Route>
        <Route path="/merchant/search">
          <Search />
        </Route>
        <Route path="/merchant/print" component={PrintQueue} />
        <Route path="/merchant/pickups" component={Pickups} />
        <Route path="/merchant/pickups/new" component={BookPickup} />
        <Route path="/merchant/pickups/:id">{({ id }) => <PickupDetail id={id} />}</Route>
        <Route path="/merchant/handovers" component={Handovers} />
        <Route path="/merchant/handovers/new" component={NewHandover} />
        <Route path="/merchant/handovers/:id">{({ id }) => <HandoverDetail id={id} />}</Route>
        <Route path="/merchant/bags" component={Bags} />
        <Route path="/merchant/bags/:id">{({ id }) => <BagDetail id={id} />}</Route>
        <Route path="/merchant/external" component={ExternalShipments} />
        <Route path="/merchant/external/new" component={DeclareShipment} />
        <Route path="/merchant/external/import" component={ImportExternal} />
        <Route path="/merchant/external/:id">{({ id }) => <ExternalShipmentDetail key={id} id={id} />}</Route>
        <Route path="/merchant/verifications" component={MerchantVerifications} />
        <Route path="/merchant/verifications/:id">{({ id }) => <VerificationDetail id={id} />}</Route>
        <Route path="/merchant/returns" component={MerchantReturns} />
        <Route path="/merchant/returns/settings" component={ReturnSettings} />
        <Route path="/merchant/returns/:id">{({ id }) => <ReturnDetail key={id} id={id} />}</Route>
        <Route path="/merchant/wallet" component={WalletScreen} />
        <Route path="/merchant/statements" component={Statements} />
        <Route path="/merchant/senders" component={Senders} />
        <Route path="/merchant/connections" component={Connecting} />
        <Route path="/merchant/keys" component={ApiKeys} />
        <Route path="/merchant/webhooks" component={Webhooks} />
        <Route path="/merchant/webhooks/:id">{({ id }) => <WebhookDetail id={id} />}</Route>
        <Route path="/merchant/members" component={Members} />
        <Route>
          <NoScreen />
        </Route>
      </Switch>
    </StaffFace>
  );
}

function useName(): string {
  return useWords(MERCHANT_WORDS)('face');
}

function NoScreen() {
  return <Empty title="404" />;
}

function useMerchantMenu(): readonly MenuGroup[] {
  const t = useWords(MERCHANT_WORDS);
  const { role } = useSession().person;
  const settings = [
    { to: '/merchant/senders', label: t('menu.senders') },
    ...(mayCall(role, 'listApiKeys') ? [{ to: '/merchant/keys', label: t('menu.keys') }] : []),
    ...(mayCall(role, 'listWebhookEndpoints')
      ? [{ to: '/merchant/webhooks', label: t('menu.webhooks') }]
      : []),
    ...(mayCall(role, 'createTrackingCredential')
      ? [{ to: '/merchant/connections', label: t('menu.connections') }]
      : []),
    ...(mayCall(role, 'listPeople') ? [{ to: '/merchant/members', label: t('menu.members') }] : []),
  ];
  return [
    {
      label: t('menu.work'),
      items: [
        { to: '/merchant', label: t('menu.home') },
        { to: '/merchant/orders', label: t('menu.orders') },
        { to: '/merchant/shipments', label: t('menu.shipments') },
        { to: '/merchant/reports', label: t('menu.reports') },
        { to: '/merchant/returns', label: t('menu.returns') },
        { to: '/merchant/print', label: t('menu.print') },
        { to: '/merchant/pickups', label: t('menu.pickups') },
        { to: '/merchant/handovers', label: t('menu.handovers') },
        { to: '/merchant/bags', label: t('bag.title') },
        { to: '/merchant/external', label: t('menu.external') },
        { to: '/merchant/verifications', label: t('menu.verifications') },
        { to: '/merchant/search', label: t('menu.search') },
      ],
    },
    {
      label: t('menu.money'),
      items: [
        { to: '/merchant/wallet', label: t('menu.wallet') },
        { to: '/merchant/statements', label: t('menu.statements') },
      ],
    },
    { label: t('menu.settings'), items: settings },
  ];
}
