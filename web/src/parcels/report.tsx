import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { REPORT_WORDS } from './report-words.ts';
import { ReportState, type StatusReport } from './reports.tsx';
import { ParcelTimeline } from './shipment-timeline.tsx';

/** One report of a buyer: what he says, what the timeline says, and the answer. */
export function StatusReportDetail({ id }: { readonly id: string }) {
  const t = useWords(REPORT_WORDS);
  const may = useMay();
  const found = useRead(['status-reports', 'one', id], (signal) =>
    api.get('/v1/status-reports/{report_id}', { params: { path: { report_id: id } }, signal }),
  );
  return (
    <Page title={t('report')} lead={<CopyId value={id} />}>
      <Read of={found} rows={8}>
        {(report) => (
          <div className="grid items-start gap-x-4 lg:grid-cols-2">
            <div>
              <Said report={report} />
              <Card title={t('answer')}>
                <Answered report={report} />
                {report.state === 'open' && may('answerStatusReport') && <Answer id={id} />}
                {report.state === 'answered' && may('closeStatusReport') && <Close id={id} />}
              </Card>
            </div>
            {may('readParcelTimeline') && (
              <ParcelTimeline parcel={{ id: report.parcel_id, number: report.number }} isAlone />
            )}
          </div>
        )}
      </Read>
    </Page>
  );
}

function Said({ report }: { readonly report: StatusReport & { readonly text?: string } }) {
  const t = useWords(REPORT_WORDS);
  const { instant } = useFormats();
  return (
    <Card>
      <Facts
        of={[
          [t('number'), report.number],
          [t('kind'), t(`kind.${report.kind}`)],
          [t('state'), <ReportState key="state" of={report.state} />],
          [
            t('about'),
            report.step === undefined
              ? t(`status.${report.status}`)
              : t('about.step', { when: instant(report.step.occurred_at) }),
          ],
          [t('reported'), <Moment key="reported" at={report.reported_at} whole />],
          [t('text'), report.text ?? t('text.none')],
        ]}
      />
    </Card>
  );
}

function Answered({ report }: { readonly report: StatusReport }) {
  const t = useWords(REPORT_WORDS);
  const { instant } = useFormats();
  const { answer, answered_by: by, answered_at: at } = report;
  if (answer === undefined || by === undefined || at === undefined) return null;
  return (
    <blockquote className="mb-4 border-l-4 border-line pl-3">
      <p className="wrap-anywhere">{answer}</p>
      <footer className="text-sm text-soft">{t('by', { who: t(`by.${by}`), when: instant(at) })}</footer>
    </blockquote>
  );
}

function Answer({ id }: { readonly id: string }) {
  const t = useWords(REPORT_WORDS);
  const [text, setText] = useState('');
  const act = useAct(
    (_: undefined) =>
      api.post('/v1/status-reports/{report_id}/answers', {
        params: { path: { report_id: id } },
        body: { text: text.trim() },
      }),
    { touches: [['status-reports']], done: () => toast('ok', t('answer.sent')) },
  );
  return (
    <ActForm act={act} submit={t('answer.send')} disabled={text.trim() === ''}>
      <Field label={t('answer.new')} hint={t('answer.hint')}>
        <Textarea value={text} onText={setText} maxLength={500} required />
      </Field>
    </ActForm>
  );
}

function Close({ id }: { readonly id: string }) {
  const t = useWords(REPORT_WORDS);
  const act = useAct(
    (_: undefined) =>
      api.post('/v1/status-reports/{report_id}/closure', { params: { path: { report_id: id } } }),
    { touches: [['status-reports']], done: () => toast('ok', t('closed')) },
  );
  return (
    <ActForm act={act} submit={t('close')}>
      {null}
    </ActForm>
  );
}
