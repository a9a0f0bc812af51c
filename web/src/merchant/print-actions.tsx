import { useState } from 'react';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { listPrinters, printZpl } from './print-agent.ts';
import { type LabelSize, labelsAsZpl, printOnPaper } from './print-labels.ts';
import { MERCHANT_WORDS } from './words.ts';

type Props = {
  readonly waybillIds: readonly string[];
  readonly size: LabelSize;
  readonly onPrinted: () => void;
};

/** On paper by the browser, or by the print agent on this machine. */
export function PrintActions(props: Props) {
  const t = useWords(MERCHANT_WORDS);
  const count = props.waybillIds.length;
  const [isAsked, setAsked] = useState(false);
  const act = useAct(() => printOnPaper(props.waybillIds, props.size), {
    touches: [['waybills']],
    done: () => {
      toast('ok', t('print.opened'));
      props.onPrinted();
    },
  });
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          disabled={count === 0}
          busy={act.isPending}
          onClick={() => act.mutate(undefined)}
        >
          {t('print.pdf', { count })}
        </Button>
        <Button disabled={count === 0} onClick={() => setAsked(true)}>
          {t('print.agent')}
        </Button>
      </div>
      {act.error && <Failure error={act.error} />}
      {isAsked && count > 0 && <AgentPrinting {...props} />}
    </div>
  );
}

function AgentPrinting({ waybillIds, size, onPrinted }: Props) {
  const t = useWords(MERCHANT_WORDS);
  const printers = useRead(['print-agent'], listPrinters);
  const [printer, setPrinter] = useState('');
  const names = printers.data?.map(({ name }) => name) ?? [];
  const chosen = names.includes(printer) ? printer : (names[0] ?? '');
  const act = useAct(async () => printZpl(await labelsAsZpl(waybillIds, size), chosen), {
    touches: [['waybills']],
    done: () => {
      toast('ok', t('print.agent_sent', { count: waybillIds.length }));
      onPrinted();
    },
  });
  if (printers.isPending) return null;
  if (names.length === 0)
    return (
      <Notice tone="warn">
        <p>{t('print.agent_absent')}</p>
        <p className="mb-2 text-sm">{t('print.agent_hint', { origin: location.origin })}</p>
        <Button size="small" busy={printers.isFetching} onClick={() => void printers.refetch()}>
          {t('print.look')}
        </Button>
      </Notice>
    );
  return (
    <div className="grid gap-3 sm:max-w-md">
      <p className="text-sm text-soft">{t('print.agent_found', { count: names.length })}</p>
      <Field label={t('print.printer')}>
        <Select
          value={chosen}
          onChoice={setPrinter}
          choices={names.map((name) => ({ value: name, label: name }))}
        />
      </Field>
      {act.error && <Notice tone="bad">{t('print.agent_failed', { problem: act.error.message })}</Notice>}
      <span>
        <Button look="primary" busy={act.isPending} onClick={() => act.mutate(undefined)}>
          {t('print.agent')}
        </Button>
      </span>
    </div>
  );
}
