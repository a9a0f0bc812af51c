import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { staffReady } from '../ground/ready.ts';
import { useSession } from '../ground/session.tsx';
import { type MenuGroup, StaffFace } from '../ground/shell.tsx';
import { useWords } from '../ground/words.ts';
import { Empty } from '../kit/states.tsx';
import { Home } from './home.tsx';
import { NETWORK_WORDS } from './words.ts';

const Outlets = lazy(() => import('./outlets.tsx').then((m) => ({ default: m.Outlets })));
const OutletDetail = lazy(() => import('./outlet.tsx').then((m) => ({ default: m.OutletDetail })));
const Apply = lazy(() => import('./apply.tsx').then((m) => ({ default: m.Apply })));
const Feeds = lazy(() => import('./feeds.tsx').then((m) => ({ default: m.Feeds })));
const FeedReport = lazy(() => import('../outlets/feeds.tsx').then((m) => ({ default: m.FeedReport })));
const Clerks = lazy(() => import('./clerks.tsx').then((m) => ({ default: m.Clerks })));
const Blocks = lazy(() => import('./blocks.tsx').then((m) => ({ default: m.Blocks })));
const Conflicts = lazy(() => import('./money.tsx').then((m) => ({ default: m.ConflictScreen })));
const Contract = lazy(() => import('./money.tsx').then((m) => ({ default: m.ContractScreen })));
const PointStatements = lazy(() => import('./money.tsx').then((m) => ({ default: m.StatementScreen })));
const PointStatement = lazy(() =>
  import('../outlets/statement.tsx').then((m) => ({ default: m.PointStatementDetail })),
);
const Deductions = lazy(() => import('./money.tsx').then((m) => ({ default: m.DeductionScreen })));
const DeductionDetail = lazy(() =>
  import('../outlets/deduction.tsx').then((m) => ({ default: m.DeductionDetail })),
);
const WalletScreen = lazy(() => import('../office/wallet.tsx').then((m) => ({ default: m.WalletScreen })));
const Statements = lazy(() => import('../office/statements.tsx').then((m) => ({ default: m.Statements })));
const ApiKeys = lazy(() => import('../office/api-keys.tsx').then((m) => ({ default: m.ApiKeys })));
const Webhooks = lazy(() => import('../office/webhooks.tsx').then((m) => ({ default: m.Webhooks })));
const WebhookDetail = lazy(() => import('../office/webhook.tsx').then((m) => ({ default: m.WebhookDetail })));
const Members = lazy(() => import('../office/members.tsx').then((m) => ({ default: m.Members })));

export const ready = staffReady([NETWORK_WORDS]);

export function Face() {
  return (
    <StaffFace name={useName} roles={['point_staff']} useMenu={useNetworkMenu}>
      <Switch>
        <Route path="/network" component={Home} />
        <Route path="/network/outlets" component={Outlets} />
        <Route path="/network/outlets/new" component={Apply} />
        <Route path="/network/outlets/:id">{({ id }) => <OutletDetail key={id} id={id} />}</Route>
        <Route path="/network/feeds" component={Feeds} />
        <Route path="/network/feeds/:id">{({ id }) => <OwnFeed id={id} />}</Route>
        <Route path="/network/clerks" component={Clerks} />
        <Route path="/network/blocks" component={Blocks} />
        <Route path="/network/conflicts" component={Conflicts} />
        <Route path="/network/contract" component={Contract} />
        <Route path="/network/point-statements" component={PointStatements} />
        <Route path="/network/point-statements/:id">{({ id }) => <PointStatement id={id} />}</Route>
        <Route path="/network/deductions" component={Deductions} />
        <Route path="/network/deductions/:id">{({ id }) => <DeductionDetail key={id} id={id} />}</Route>
        <Route path="/network/wallet" component={WalletScreen} />
        <Route path="/network/statements" component={Statements} />
        <Route path="/network/keys" component={ApiKeys} />
        <Route path="/network/webhooks" component={Webhooks} />
        <Route path="/network/webhooks/:id">{({ id }) => <WebhookDetail id={id} />}</Route>
        <Route path="/network/members" component={Members} />
        <Route>
          <Empty title="404" />
        </Route>
      </Switch>
    </StaffFace>
  );
}

function OwnFeed({ id }: { readonly id: string }) {
  return <FeedReport organisationId={useSession().person.organisation_id} id={id} />;
}

function useName(): string {
  return useWords(NETWORK_WORDS)('face');
}

function useNetworkMenu(): readonly MenuGroup[] {
  const t = useWords(NETWORK_WORDS);
  return [
    { items: [{ to: '/network', label: t('menu.home') }] },
    {
      label: t('menu.work'),
      items: [
        { to: '/network/outlets', label: t('menu.outlets') },
        { to: '/network/feeds', label: t('menu.feeds') },
        { to: '/network/clerks', label: t('menu.clerks') },
        { to: '/network/blocks', label: t('menu.blocks') },
        { to: '/network/conflicts', label: t('menu.conflicts') },
      ],
    },
    {
      label: t('menu.money'),
      items: [
        { to: '/network/point-statements', label: t('menu.statements') },
        { to: '/network/deductions', label: t('menu.deductions') },
        { to: '/network/contract', label: t('menu.contract') },
        { to: '/network/wallet', label: t('menu.wallet') },
        { to: '/network/statements', label: t('menu.wallet_statements') },
      ],
    },
    {
      label: t('menu.own'),
      items: [
        { to: '/network/members', label: t('menu.members') },
        { to: '/network/keys', label: t('menu.keys') },
        { to: '/network/webhooks', label: t('menu.webhooks') },
      ],
    },
  ];
}
