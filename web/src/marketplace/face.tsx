import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { staffReady } from '../ground/ready.ts';
import { type MenuGroup, StaffFace } from '../ground/shell.tsx';
import { useWords } from '../ground/words.ts';
import { Empty } from '../kit/states.tsx';
import { Home } from './home.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

const Orders = lazy(() => import('./orders.tsx').then((m) => ({ default: m.MarketplaceOrders })));
const OrderOne = lazy(() => import('./orders.tsx').then((m) => ({ default: m.MarketplaceOrder })));
const Shipments = lazy(() => import('./orders.tsx').then((m) => ({ default: m.MarketplaceShipments })));
const ShipmentOne = lazy(() => import('./orders.tsx').then((m) => ({ default: m.MarketplaceShipment })));
const Merchants = lazy(() => import('./merchants.tsx').then((m) => ({ default: m.Merchants })));
const MerchantDetail = lazy(() => import('./merchant.tsx').then((m) => ({ default: m.MerchantDetail })));
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
const VerificationDesk = lazy(() =>
  import('./verifications.tsx').then((m) => ({ default: m.VerificationDesk })),
);
const VerificationOne = lazy(() =>
  import('./verifications.tsx').then((m) => ({ default: m.VerificationOne })),
);
const MarketplaceReturns = lazy(() =>
  import('./returns.tsx').then((m) => ({ default: m.MarketplaceReturns })),
);
const MarketplaceReturn = lazy(() => import('./returns.tsx').then((m) => ({ default: m.MarketplaceReturn })));
const Declaration = lazy(() =>
  import('../external/shipment.tsx').then((m) => ({ default: m.ExternalShipmentDetail })),
);
const Connecting = lazy(() => import('../sources/connecting.tsx').then((m) => ({ default: m.Connecting })));
const Sources = lazy(() => import('./sources.tsx').then((m) => ({ default: m.Sources })));
const SourceDetail = lazy(() => import('./source.tsx').then((m) => ({ default: m.SourceDetail })));
const Programmes = lazy(() => import('./programmes.tsx').then((m) => ({ default: m.Programmes })));
const NewProgramme = lazy(() => import('./new-programme.tsx').then((m) => ({ default: m.NewProgramme })));
const ProgrammeDetail = lazy(() => import('./programme.tsx').then((m) => ({ default: m.ProgrammeDetail })));
const Search = lazy(() => import('./search.tsx').then((m) => ({ default: m.MarketplaceSearch })));
const WalletScreen = lazy(() => import('../office/wallet.tsx').then((m) => ({ default: m.WalletScreen })));
const Statements = lazy(() => import('../office/statements.tsx').then((m) => ({ default: m.Statements })));
const ApiKeys = lazy(() => import('../office/api-keys.tsx').then((m) => ({ default: m.ApiKeys })));
const Webhooks = lazy(() => import('../office/webhooks.tsx').then((m) => ({ default: m.Webhooks })));
const WebhookDetail = lazy(() => import('../office/webhook.tsx').then((m) => ({ default: m.WebhookDetail })));
const Members = lazy(() => import('../office/members.tsx').then((m) => ({ default: m.Members })));
const Reports = lazy(() => import('../parcels/reports.tsx').then((m) => ({ default: m.StatusReports })));
const ReportDetail = lazy(() =>
  import('../parcels/report.tsx').then((m) => ({ default: m.StatusReportDetail })),
);

const PointDecisions = lazy(() => import('../outlets/decisions.tsx').then((m) => ({ default: m.Decisions })));
const PointDecision = lazy(() =>
  import('../outlets/decision.tsx').then((m) => ({ default: m.DecisionDetail })),
);

export const ready = staffReady([MARKETPLACE_WORDS]);

export function Face() {
  return (
    <StaffFace name={useName} roles={['marketplace_staff']} useMenu={useMarketplaceMenu}>
      <Switch>
        <Route path="/marketplace" component={Home} />
        <Route path="/marketplace/orders" component={Orders} />
        <Route path="/marketplace/orders/:id">{({ id }) => <OrderOne id={id} />}</Route>
        <Route path="/marketplace/shipments" component={Shipments} />
        <Route path="/marketplace/shipments/:id">{({ id }) => <ShipmentOne id={id} />}</Route>
        <Route path="/marketplace/reports" component={Reports} />
        <Route path="/marketplace/reports/:id">{({ id }) => <ReportDetail key={id} id={id} />}</Route>
        <Route path="/marketplace/returns" component={MarketplaceReturns} />
        <Route path="/marketplace/returns/:id">{({ id }) => <MarketplaceReturn key={id} id={id} />}</Route>
        <Route path="/marketplace/point-decisions">{() => <PointDecisions />}</Route>
        <Route path="/marketplace/point-decisions/:id">{({ id }) => <PointDecision id={id} />}</Route>
        <Route path="/marketplace/search" component={Search} />
        <Route path="/marketplace/merchants" component={Merchants} />
        <Route path="/marketplace/merchants/:id">{({ id }) => <MerchantDetail id={id} />}</Route>
        <Route path="/marketplace/verifications" component={VerificationDesk} />
        <Route path="/marketplace/verifications/:id">{({ id }) => <VerificationOne id={id} />}</Route>
        <Route path="/marketplace/rulebooks" component={Rulebooks} />
        <Route path="/marketplace/rulebooks/:kind">{({ kind }) => <RulebookDetail kind={kind} />}</Route>
        <Route path="/marketplace/rulebooks/:kind/new">{({ kind }) => <RulebookEditor kind={kind} />}</Route>
        <Route path="/marketplace/rulebooks/:kind/:id">
          {({ kind, id }) => <RulebookVersionDetail kind={kind} id={id} />}
        </Route>
        <Route path="/marketplace/external/:id">{({ id }) => <Declaration key={id} id={id} />}</Route>
        <Route path="/marketplace/sources" component={Sources} />
        <Route path="/marketplace/sources/:id">{({ id }) => <SourceDetail key={id} id={id} />}</Route>
        <Route path="/marketplace/programmes" component={Programmes} />
        <Route path="/marketplace/programmes/new" component={NewProgramme} />
        <Route path="/marketplace/programmes/:id">{({ id }) => <ProgrammeDetail id={id} />}</Route>
        <Route path="/marketplace/wallet" component={WalletScreen} />
        <Route path="/marketplace/statements" component={Statements} />
        <Route path="/marketplace/connections" component={Connecting} />
        <Route path="/marketplace/keys" component={ApiKeys} />
        <Route path="/marketplace/webhooks" component={Webhooks} />
        <Route path="/marketplace/webhooks/:id">{({ id }) => <WebhookDetail id={id} />}</Route>
        <Route path="/marketplace/members" component={Members} />
        <Route>
          <Empty title="404" />
        </Route>
      </Switch>
    </StaffFace>
  );
}

function useName(): string {
  return useWords(MARKETPLACE_WORDS)('face');
}

function useMarketplaceMenu(): readonly MenuGroup[] {
  const t = useWords(MARKETPLACE_WORDS);
  return [
    {
      label: t('menu.work'),
      items: [
        { to: '/marketplace', label: t('menu.home') },
        { to: '/marketplace/orders', label: t('menu.orders') },
        { to: '/marketplace/shipments', label: t('menu.shipments') },
        { to: '/marketplace/reports', label: t('menu.reports') },
        { to: '/marketplace/returns', label: t('menu.returns') },
        { to: '/marketplace/merchants', label: t('menu.merchants') },
        { to: '/marketplace/verifications', label: t('menu.verifications') },
        { to: '/marketplace/point-decisions', label: t('menu.point_decisions') },
        { to: '/marketplace/search', label: t('menu.search') },
      ],
    },
    {
      label: t('menu.rules'),
      items: [
        { to: '/marketplace/rulebooks', label: t('menu.rulebooks') },
        { to: '/marketplace/sources', label: t('menu.sources') },
        { to: '/marketplace/programmes', label: t('menu.programmes') },
      ],
    },
    {
      label: t('menu.money'),
      items: [
        { to: '/marketplace/wallet', label: t('menu.wallet') },
        { to: '/marketplace/statements', label: t('menu.statements') },
      ],
    },
    {
      label: t('menu.settings'),
      items: [
        { to: '/marketplace/keys', label: t('menu.keys') },
        { to: '/marketplace/webhooks', label: t('menu.webhooks') },
        { to: '/marketplace/connections', label: t('menu.connections') },
        { to: '/marketplace/members', label: t('menu.members') },
      ],
    },
  ];
}
