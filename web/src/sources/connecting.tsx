import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { useConnectionHealth } from './connection.tsx';
import { Credentials } from './credentials.tsx';
import { PushAddresses } from './push-addresses.tsx';
import { SOURCE_WORDS } from './words.ts';

/** How carriers are asked, and where they push: credentials to set, try, rotate and remove. No secret is ever shown. */
export function Connecting() {
  const t = useWords(SOURCE_WORDS);
  const may = useMay();
  const health = useConnectionHealth();
  const mayAsk = may('createTrackingCredential');
  const healthOf = (id: string) => health.data?.data.find((one) => one.id === id);
  return (
    <Page
      title={t(mayAsk ? 'connect.title' : 'connect.pushes')}
      lead={t(mayAsk ? 'connect.lead' : 'connect.lead_push')}
    >
      {mayAsk && <Credentials healthOf={healthOf} />}
      {may('createPushSubscription') && <PushAddresses healthOf={healthOf} />}
    </Page>
  );
}
