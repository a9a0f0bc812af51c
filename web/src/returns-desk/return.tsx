import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useRead } from '../ground/reads.ts';
import { said } from '../ground/said.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { ServerPicture } from '../kit/server-file.tsx';
import { Read } from '../kit/states.tsx';
import { Status, type Tone } from '../kit/status.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { Facts, Moment, Money, Weight } from '../kit/values.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import { ReturnActs } from './acts.tsx';
import { type Item, type Return, ReturnState, Silence } from './parts.tsx';
import { DESK_WORDS } from './words.ts';

/** One return, as everybody at a desk sees it; what one may do in its state stands below its head. */
export function ReturnDetail({
  id,
  merchantOf,
}: {
  readonly id: string;
  readonly merchantOf?: (organisationId: string) => ReactNode;
}) {
  const t = useWords(DESK_WORDS);
  const read = useRead(['returns', 'one', id], (signal) =>
    api.get('/v1/returns/{return_id}', { params: { path: { return_id: id } }, signal }),
  );
  const title = read.data === undefined ? t('one') : t('one.of', { order: read.data.order_reference });
  return (
    <Page title={title} lead={<CopyId value={id} />}>
      <Read of={read} rows={10}>
        {(one) => (
          <>
            <Head of={one} merchantOf={merchantOf} />
            <ReturnActs key={`${one.id} ${one.version}`} of={one} />
            <Card title={t('items')}>
              <Items of={one} />
            </Card>
            <Words of={one} />
            {one.risk !== undefined && <Risk of={one.risk} />}
            <Card title={t('steps')}>
              <Steps of={one} />
            </Card>
          </>
        )}
      </Read>
    </Page>
  );
}

type Fact = readonly [label: string, value: ReactNode];

function Head({
  of,
  merchantOf,
}: {
  readonly of: Return;
  readonly merchantOf: ((organisationId: string) => ReactNode) | undefined;
}) {
  const t = useWords(DESK_WORDS);
  const r = useWords(RETURN_WORDS);
  const at = useFaceAddress();
  const more: readonly (Fact | undefined)[] = [
    merchantOf && [t('merchant'), merchantOf(of.organisation_id)],
    of.wanted === undefined ? undefined : [t('wanted'), of.wanted],
    of.disputed === undefined ? undefined : [t('disputed'), said(t, 'disputed', of.disputed)],
    of.close_reason === undefined ? undefined : [t('closed'), said(r, 'cause', of.close_reason)],
    of.route && [t('way'), <Route key="route" of={of.route} />],
    of.intake && [t('weighed'), <Weight key="weight" grams={of.intake.weight_grams} />],
    of.intake && [
      t('freight'),
      <span key="freight">
        {r(`payment.${of.intake.payment}`)}, <Money of={of.intake.freight} />
      </span>,
    ],
    of.parcel && [t('parcel'), <CopyId key="parcel" value={of.parcel.number} />],
    of.replacement && [t('replacement'), <CopyId key="replacement" value={of.replacement.number} />],
    of.refund && [
      t('refund'),
      <span key="refund">
        <Money of={of.refund.amount} strong />, {r(`basis.${of.refund.basis}`)}
      </span>,
    ],
    of.insurance && [
      t('insurance'),
      t('insurance.of', { insurer: of.insurance.insurer, party: r(`party.${of.insurance.bought_by}`) }),
    ],
    of.insurance_claim && [
      t('claim'),
      <span key="claim">
        <Money of={of.insurance_claim.amount} />, {t(`claim.${of.insurance_claim.state}`)}
      </span>,
    ],
    of.code && [t('code'), <CopyId key="code" value={of.code.code} />],
  ];
  return (
    <Card>
      <Facts
        of={[
          [t('state'), <ReturnState key="state" of={of.state} />],
          [t('kind'), r(`kind.${of.kind}`)],
          [t('amount'), <Money key="amount" of={of.amount} />],
          [t('payer'), r(`payer.${of.freight_payer}`)],
          [
            t('order'),
            <Link
              key="order"
              className="number text-accent hover:underline"
              href={at(`/orders/${of.order_id}`)}
            >
              {of.order_reference}
            </Link>,
          ],
          [t('applied'), <Moment key="applied" at={of.applied_at} whole />],
          ...more.filter((fact): fact is Fact => fact !== undefined),
          [t('rules'), <CopyId key="rules" value={of.rulebook_version_id} short />],
        ]}
      />
      <div className="mt-3 empty:hidden">
        <Silence of={of} />
      </div>
      {of.is_handover_late === true && (
        <p className="mt-2">
          <Status tone="bad">{t('handover_late')}</Status>
        </p>
      )}
    </Card>
  );
}

function Route({ of }: { readonly of: NonNullable<Return['route']> }) {
  const r = useWords(RETURN_WORDS);
  return (
    <>
      {of.point === undefined ? r(`method.${of.method}`) : `${of.point.name}, ${of.point.city}`}
      {of.starts_at !== undefined && (
        <>
          {' '}
          <Moment at={of.starts_at} />
        </>
      )}
    </>
  );
}

function Items({ of }: { readonly of: Return }) {
  const r = useWords(RETURN_WORDS);
  return (
    <ul className="grid gap-3">
      {of.items.map((item) => (
        <li key={item.line} className="grid gap-1 not-first:border-t not-first:border-line not-first:pt-3">
          <p className="font-medium wrap-anywhere">
            {item.description} × {item.quantity}
          </p>
          <p className="text-sm text-soft">
            {said(r, 'why', item.reason)} · <Money of={item.amount} />
          </p>
          <Findings of={item} />
        </li>
      ))}
    </ul>
  );
}

/** What the counter and the seller found. */
function Findings({ of }: { readonly of: Item }) {
  const t = useWords(DESK_WORDS);
  const r = useWords(RETURN_WORDS);
  const { counter, screening } = of;
  return (
    <>
      {counter !== undefined && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span>{t('found.counter')}</span>
          <Status tone={counter.finding === 'as_described' ? 'ok' : 'bad'}>
            {r(`finding.${counter.finding}`)}
          </Status>
          {Object.entries(counter.checks).map(([check, holds]) => (
            <Status key={check} tone={holds ? 'ok' : 'bad'}>
              {said(r, 'check', check)}
            </Status>
          ))}
          {counter.note !== undefined && <span className="wrap-anywhere">{counter.note}</span>}
        </div>
      )}
      {screening !== undefined && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span>{t('found.seller')}</span>
          <Status tone={screening.grade === 'ok' ? 'ok' : 'bad'}>{r(`grade.${screening.grade}`)}</Status>
          <span>{said(r, 'quality', String(screening.quality))}</span>
          {screening.reason !== undefined && <span>{r(`no_ok.${screening.reason}`)}</span>}
          <Money of={screening.refund} />
        </div>
      )}
    </>
  );
}

/** What people said and showed. */
function Words({ of }: { readonly of: Return }) {
  const t = useWords(DESK_WORDS);
  const isEmpty =
    of.statement === undefined &&
    of.picture_ids.length === 0 &&
    of.refusal === undefined &&
    (of.intake?.picture_ids.length ?? 0) === 0;
  if (isEmpty) return null;
  return (
    <Card title={t('words')}>
      <div className="grid gap-4">
        {(of.statement !== undefined || of.picture_ids.length > 0) && (
          <Statement by={t('words.buyer')} text={of.statement} pictures={of.picture_ids} of={of} />
        )}
        {of.refusal !== undefined && (
          <Statement
            by={t('words.seller')}
            text={of.refusal.reason}
            pictures={of.refusal.picture_ids}
            of={of}
          />
        )}
        {(of.intake?.picture_ids.length ?? 0) > 0 && (
          <Statement
            by={t('words.counter')}
            text={undefined}
            pictures={of.intake?.picture_ids ?? []}
            of={of}
          />
        )}
      </div>
    </Card>
  );
}

function Statement({
  by,
  text,
  pictures,
  of,
}: {
  readonly by: string;
  readonly text: string | undefined;
  readonly pictures: readonly string[];
  readonly of: Return;
}) {
  const t = useWords(DESK_WORDS);
  const may = useMay();
  return (
    <div className="grid gap-2">
      <p className="caption">{by}</p>
      {text !== undefined && <p className="whitespace-pre-line wrap-anywhere">{text}</p>}
      {pictures.length > 0 && !may('readReturnPicture') && (
        <p className="text-sm text-soft">{t('pictures.hidden', { count: pictures.length })}</p>
      )}
      {may('readReturnPicture') && (
        <div className="flex flex-wrap gap-2 empty:hidden">
          {pictures.map((picture, index) => (
            <ServerPicture
              key={picture}
              name={['returns', of.id, picture]}
              load={() =>
                api.get('/v1/returns/{return_id}/pictures/{picture_id}', {
                  params: { path: { return_id: of.id, picture_id: picture } },
                  parseAs: 'blob',
                })
              }
              alt={t('picture', { by, number: index + 1 })}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function Risk({ of }: { readonly of: NonNullable<Return['risk']> }) {
  const t = useWords(DESK_WORDS);
  const at = useFaceAddress();
  return (
    <Card title={t('risk', { score: of.score })}>
      {of.findings.length === 0 ? (
        <p className="text-soft">{t('risk.none')}</p>
      ) : (
        <ul className="grid gap-2">
          {of.findings.map((finding) => (
            <li key={finding.rule} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Status tone="warn">{said(t, 'risk', finding.rule)}</Status>
              <span className="text-sm text-soft">
                {t('risk.points', { points: finding.points, count: finding.count })}
              </span>
              {finding.return_ids.map((id) => (
                <Link key={id} className="number text-accent hover:underline" href={at(`/returns/${id}`)}>
                  {id.slice(-6)}
                </Link>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const STEP_TONES: Readonly<Record<string, Tone>> = {
  agreed: 'ok',
  refused: 'bad',
  escalated: 'warn',
  route_lost: 'warn',
  turned_away: 'bad',
  handover_late: 'warn',
  refunded: 'ok',
  exchanged: 'ok',
  closed: 'idle',
};

function Steps({ of }: { readonly of: Return }) {
  const r = useWords(RETURN_WORDS);
  return (
    <Timeline
      steps={(of.steps ?? [])
        .map((step, index) => ({
          id: String(index),
          tone: STEP_TONES[step.fact] ?? ('move' as const),
          title: said(r, 'fact', step.fact),
          when: (
            <>
              <Moment at={step.occurred_at} /> · {r(`party.${step.party}`)}
            </>
          ),
          ...(step.reason === undefined ? {} : { detail: said(r, 'cause', step.reason) }),
        }))
        .toReversed()}
    />
  );
}
