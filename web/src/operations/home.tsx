import { lazy } from 'react';
import { useSession } from '../ground/session.tsx';
import { FlowScreen } from './flow.tsx';

const Finance = lazy(() => import('./finance.tsx').then((m) => ({ default: m.Finance })));

/** What moves, for all but those who look after the money: they begin with what waits for them. */
export function Home() {
  return useSession().person.role === 'finance' ? <Finance /> : <FlowScreen />;
}
