import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { staffReady } from '../ground/ready.ts';
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
const VerificationDesk = lazy(() =>
  import('./verifications.tsx').then((m) => ({ default: m.VerificationDesk })),
);
const VerificationOne = lazy(() =>
  import('./verifications.tsx').then((m) => ({ default: m.VerificationOne })),
);
const ReturnsDesk = lazy(() => import('./returns.tsx').then((m) => ({ default: m.ReturnsDesk })));
const ReturnOne = lazy(() => import('./returns.tsx').then((m) => ({ default: m.ReturnOne })));
const Quarantine = lazy(() => import('./quarantine.tsx').then((m) => ({ default: m.Quarantine })));
const Unmapped = lazy(() => import('./unmapped.tsx').then((m) => ({ default: m.Unmapped })));
const Payloads = lazy(() => import('./payloads.tsx').then((m) => ({ default: m.Payloads })));
const PayloadScreen = lazy(() => import('./payloads.tsx').then((m) => ({ default: m.PayloadScreen })));
const Mappings = lazy(() => import('./mappings.tsx').then((m) => ({ default: m.Mappings })));
const Declaration = lazy(() =>
  import('../external/shipment.tsx').then((m) => ({ default: m.ExternalShipmentDetail })),
);
const Connecting = lazy(() => import('../sources/connecting.tsx').then((m) => ({ default: m.Connecting })));
const Sources = lazy(() => import('./sources.tsx').then((m) => ({ default: m.Sources })));
const Lines = lazy(() => import('./lines.tsx').then((m) => ({ default: m.Lines })));
const LineScreen = lazy(() => import('./line.tsx').then((m) => ({ default: m.LineScreen })));
const LineEdit = lazy(() => import('./line-edit.tsx').then((m) => ({ default: m.LineEdit })));
const Numbers = lazy(() => import('./numbers.tsx').then((m) => ({ default: m.Numbers })));
const SegmentDetail = lazy(() => import('./numbers.tsx').then((m) => ({ default: m.SegmentDetail })));
const Routing = lazy(() => import('./routing.tsx').then((m) => ({ default: m.Routing })));
const Webhooks = lazy(() => import('../office/webhooks.tsx').then((m) => ({ default: m.Webhooks })));
const WebhookDetail = lazy(() => import('../office/webhook.tsx').then((m) => ({ default: m.WebhookDetail })));
const ApiKeys = lazy(() => import('../office/api-keys.tsx').then((m) => ({ default: m.ApiKeys })));
const Rates = lazy(() => import('./rates.tsx').then((m) => ({ default: m.Rates })));
const Reveals = lazy(() => import('./reveals.tsx').then((m) => ({ default: m.Reveals })));
const Organisations = lazy(() => import('./organisations.tsx').then((m) => ({ default: m.Organisations })));
const OrganisationDetail = lazy(() =>
  import('./organisation.tsx').then((m) => ({ default: m.OrganisationDetail })),
);
const Carriers = lazy(() => import('./carriers.tsx').then((m) => ({ default: m.Carriers })));
const CarrierDetail = lazy(() => import('./carrier.tsx').then((m) => ({ default: m.CarrierDetail })));
const Rulebooks = lazy(() => import('../rulebooks/rulebooks.tsx').then((m) => ({ default: m.Rulebooks })));
const RulebookDetail = lazy(() =>
  import('../rulebooks/rulebook.tsx').then((m) => ({ default: m.RulebookDetail })),
);
const RulebookEditor = lazy(() =>
  import('../rulebooks/rulebook-editor.tsx').then((m) => ({ default: m.RulebookEditor })),
);
const RulebookVersionDetail = lazy(() =>
  import('../rulebooks/rulebook-version.tsx').then((m) => ({ default: m.RulebookVersionDetail })),
);
const Reports = lazy(() => import('../parcels/reports.tsx').then((m) => ({ default: m.StatusReports })));
const ReportDetail = lazy(() =>
  import('../parcels/report.tsx').then((m) => ({ default: m.StatusReportDetail })),
);

const PointNetworks = lazy(() => import('./point-networks.tsx').then((m) => ({ default: m.PointNetworks })));
const PointNetworkDetail = lazy(() =>
  import('./point-networks.tsx').then((m) => ({ default: m.PointNetworkDetail })),
);
const PointFeed = lazy(() => import('../outlets/feeds.tsx').then((m) => ({ default: m.FeedReport })));
const Outlets = lazy(() => import('./outlets.tsx').then((m) => ({ default: m.Outlets })));
const OutletDesk = lazy(() => import('./outlets.tsx').then((m) => ({ default: m.OutletDesk })));
const PointDecisions = lazy(() => import('../outlets/decisions.tsx').then((m) => ({ default: m.Decisions })));
const PointDecision = lazy(() => import('./point-decision.tsx').then((m) => ({ default: m.PointDecision })));
const Replay = lazy(() => import('./replay.tsx').then((m) => ({ default: m.Replay })));
const Coverage = lazy(() => import('./coverage.tsx').then((m) => ({ default: m.Coverage })));
const PointDeductions = lazy(() => import('./point-money.tsx').then((m) => ({ default: m.PointDeductions })));
const PointDeduction = lazy(() => import('./point-money.tsx').then((m) => ({ default: m.PointDeduction })));
const PointStatements = lazy(() => import('./point-money.tsx').then((m) => ({ default: m.PointStatements })));
const PointStatement = lazy(() => import('./point-money.tsx').then((m) => ({ default: m.PointStatement })));

export const ready = staffReady([OPERATIONS_WORDS]);

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
        <Route path="/operations/reports" component={Reports} />
        <Route path="/operations/reports/:id">{({ id }) => <ReportDetail key={id} id={id} />}</Route>
        <Route path="/operations/parcels/:id">{({ id }) => <ParcelScreen id={id} />}</Route>
        <Route path="/operations/verifications" component={VerificationDesk} />
        <Route path="/operations/verifications/:id">{({ id }) => <VerificationOne id={id} />}</Route>
        <Route path="/operations/returns" component={ReturnsDesk} />
        <Route path="/operations/returns/:id">{({ id }) => <ReturnOne key={id} id={id} />}</Route>
        <Route path="/operations/external/:id">{({ id }) => <Declaration key={id} id={id} />}</Route>
        <Route path="/operations/sources" component={Sources} />
        <Route path="/operations/connections" component={Connecting} />
        <Route path="/operations/unmapped" component={Unmapped} />
        <Route path="/operations/quarantine" component={Quarantine} />
        <Route path="/operations/payloads" component={Payloads} />
        <Route path="/operations/payloads/:id">{({ id }) => <PayloadScreen key={id} id={id} />}</Route>
        <Route path="/operations/mappings" component={Mappings} />
        <Route path="/operations/lines" component={Lines} />
        <Route path="/operations/lines/:code">{({ code }) => <LineScreen code={code} />}</Route>
        <Route path="/operations/lines/:code/edit">{({ code }) => <LineEdit code={code} />}</Route>
        <Route path="/operations/numbers" component={Numbers} />
        <Route path="/operations/numbers/:id">{({ id }) => <SegmentDetail id={id} />}</Route>
        <Route path="/operations/routing" component={Routing} />
        <Route path="/operations/webhooks" component={Webhooks} />
        <Route path="/operations/webhooks/:id">{({ id }) => <WebhookDetail id={id} />}</Route>
        <Route path="/operations/keys" component={ApiKeys} />
        <Route path="/operations/organisations" component={Organisations} />
        <Route path="/operations/organisations/:id">{({ id }) => <OrganisationDetail id={id} />}</Route>
        <Route path="/operations/carriers" component={Carriers} />
        <Route path="/operations/carriers/:code">{({ code }) => <CarrierDetail code={code} />}</Route>
        <Route path="/operations/rulebooks" component={Rulebooks} />
        <Route path="/operations/rulebooks/:kind">{({ kind }) => <RulebookDetail kind={kind} />}</Route>
        <Route path="/operations/rulebooks/:kind/new">{({ kind }) => <RulebookEditor kind={kind} />}</Route>
        <Route path="/operations/rulebooks/:kind/:id">
          {({ kind, id }) => <RulebookVersionDetail kind={kind} id={id} />}
        </Route>
        <Route path="/operations/point-networks" component={PointNetworks} />
        <Route path="/operations/point-networks/:id">{({ id }) => <PointNetworkDetail id={id} />}</Route>
        <Route path="/operations/point-networks/:id/feeds/:feed">
          {({ id, feed }) => <PointFeed organisationId={id} id={feed} />}
        </Route>
        <Route path="/operations/outlets" component={Outlets} />
        <Route path="/operations/outlets/:id">{({ id }) => <OutletDesk key={id} id={id} />}</Route>
        <Route path="/operations/point-decisions">
          {() => <PointDecisions replay="/operations/point-replay" />}
        </Route>
        <Route path="/operations/point-decisions/:id">{({ id }) => <PointDecision id={id} />}</Route>
        <Route path="/operations/point-replay" component={Replay} />
        <Route path="/operations/coverage" component={Coverage} />
        <Route path="/operations/deductions" component={PointDeductions} />
        <Route path="/operations/deductions/:id">{({ id }) => <PointDeduction key={id} id={id} />}</Route>
        <Route path="/operations/point-statements" component={PointStatements} />
        <Route path="/operations/point-statements/:id">{({ id }) => <PointStatement id={id} />}</Route>
        <Route path="/operations/top-ups" component={TopUpScreen} />
        <Route path="/operations/wallets" component={Wallets} />
        <Route path="/operations/wallets/:id">{({ id }) => <WalletDetail id={id} />}</Route>
        <Route path="/operations/rates" component={Rates} />
        <Route path="/operations/reveals" component={Reveals} />
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
