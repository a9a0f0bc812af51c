import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { Preferences } from '../ground/preferences.tsx';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { installOffer, onInstallOffer } from './install.ts';
import { useQueue } from './queue.ts';
import { countsOf } from './record.ts';
import { leave } from './session.ts';
import { FIELD_WORDS } from './words.ts';

/** Who works here; `children` are what a face adds below the log-out. */
export function MeScreen({
  children,
  beforeLeave,
}: {
  readonly children?: ReactNode;
  /** What the device gives back first; the log-out does not hang on it. */
  readonly beforeLeave?: () => Promise<unknown>;
}) {
  const t = useWords(FIELD_WORDS);
  const session = useSession();
  const { waiting } = countsOf(useQueue().records);
  const [isAsking, setAsking] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const go = () => {
    setLeaving(true);
    void Promise.resolve(beforeLeave?.())
      .catch(() => undefined)
      .then(() => leave(session));
  };
  return (
    <Page title={t('me.title')}>
      <Card>
        <p className="caption">{t('me.person')}</p>
        <p className="text-lg font-medium">{session.person.name}</p>
        <p className="mb-4 text-soft wrap-anywhere">{session.person.email}</p>
        <Button
          size="large"
          look="danger"
          wide
          busy={isLeaving}
          onClick={() => (waiting > 0 ? setAsking(true) : go())}
        >
          {t('me.log_out')}
        </Button>
        <p className="mt-2 text-sm text-soft">{t('me.log_out_hint')}</p>
      </Card>
      {children}
      <Card title={t('me.look')}>
        <Preferences />
      </Card>
      <Install />
      <Unsent open={isAsking} onOpen={setAsking} count={waiting} onLeave={go} />
    </Page>
  );
}

function Install() {
  const t = useWords(FIELD_WORDS);
  const offer = useSyncExternalStore(onInstallOffer, installOffer);
  if (offer === undefined) return null;
  return (
    <Card>
      <Button size="large" wide onClick={() => void offer.prompt()}>
        {t('me.install')}
      </Button>
      <p className="mt-2 text-sm text-soft">{t('me.install_hint')}</p>
    </Card>
  );
}

function Unsent({
  open,
  onOpen,
  count,
  onLeave,
}: {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly count: number;
  readonly onLeave: () => void;
}) {
  const t = useWords(FIELD_WORDS);
  const k = useWords(KIT_WORDS);
  return (
    <Dialog title={t('me.unsent_title')} open={open} onOpen={onOpen}>
      <p className="mb-4">{t('me.unsent', { count })}</p>
      <div className="grid gap-2">
        <Button size="large" look="primary" onClick={() => onOpen(false)}>
          {k('action.cancel')}
        </Button>
        <Button size="large" look="danger" onClick={onLeave}>
          {t('me.log_out_anyway')}
        </Button>
      </div>
    </Dialog>
  );
}
