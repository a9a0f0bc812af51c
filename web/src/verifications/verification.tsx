import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { ServerPicture } from '../kit/server-file.tsx';
import { Read } from '../kit/states.tsx';
import type { Tone } from '../kit/status.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { CarrierName } from '../parcels/carrier-name.tsx';
import { CaseActs } from './case-acts.tsx';
import { Evidence } from './evidence.tsx';
import { isScanned, type Verification, VerificationState } from './parts.tsx';
import { VERIFICATION_WORDS } from './words.ts';

/** The evidence page of a case: both sides look at the same one. */
export function VerificationDetail({
  id,
  merchantOf,
}: {
  readonly id: string;
  readonly merchantOf?: (organisationId: string) => ReactNode;
}) {
  const t = useWords(VERIFICATION_WORDS);
  const verification = useRead(['verifications', 'one', id], (signal) =>
    api.get('/v1/verifications/{verification_id}', { params: { path: { verification_id: id } }, signal }),
  );
  return (
    <Page title={verification.data?.number ?? t('title')} lead={<CopyId value={id} />}>
      <Read of={verification} rows={10}>
        {(one) => (
          <>
            <Head of={one} merchantOf={merchantOf} />
            <CaseActs of={one} />
            <Card title={t('against')}>
              <Evidence of={one.findings} nameOf={(rule) => t(`rule.${rule}`)} none={t('against.none')} />
            </Card>
            <Card title={t('for')}>
              <Evidence of={one.supports} nameOf={(rule) => t(`support.${rule}`)} none={t('for.none')} />
            </Card>
            <Statements of={one} />
            <Card title={t('steps')}>
              <Steps of={one} />
            </Card>
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({
  of,
  merchantOf,
}: {
  readonly of: Verification;
  readonly merchantOf: ((organisationId: string) => ReactNode) | undefined;
}) {
  const t = useWords(VERIFICATION_WORDS);
  const at = useFaceAddress();
  const moment = (at: string | undefined) => at && <Moment at={at} whole />;
  const clocks = [
    [t('first_scan_due'), isScanned(of) ? undefined : moment(of.first_scan_due_at)],
    [t('suspected'), moment(of.suspected_at)],
    [t('settles'), moment(of.settles_at)],
    [t('proof_due'), moment(of.proof_due_at)],
    [t('decided'), moment(of.decided_at)],
    [t('decided_by'), of.decided_by && t(`by.${of.decided_by}`)],
    [t('level'), of.level && t(`level.${of.level}`)],
    [t('appeal_due'), moment(of.appeal_due_at)],
  ] as const;
  return (
    <Card>
      <Facts
        of={[
          [t('state'), <VerificationState key="state" of={of.state} />],
          [t('score'), of.score],
          [t('carrier'), <CarrierName key="carrier" code={of.carrier_code} />],
          ...(merchantOf === undefined ? [] : [[t('merchant'), merchantOf(of.organisation_id)] as const]),
          [
            t('order'),
            <Link
              key="order"
              className="number text-accent hover:underline"
              href={at(`/orders/${of.order_id}`)}
            >
              {of.order_id}
            </Link>,
          ],
          [
            t('declaration'),
            <Link
              key="declaration"
              className="number text-accent hover:underline"
              href={at(`/external/${of.external_shipment_id}`)}
            >
              {of.external_shipment_id}
            </Link>,
          ],
          [t('declared'), <Moment key="declared" at={of.declared_at} whole />],
          ...clocks.filter(([, value]) => value !== undefined),
          [t('level.proposed'), t(`level.${of.proposed_level}`)],
          [t('rules'), <CopyId key="rules" value={of.rulebook_version_id} short />],
        ]}
      />
    </Card>
  );
}

function Statements({ of }: { readonly of: Verification }) {
  const t = useWords(VERIFICATION_WORDS);
  return (
    <Card title={t('statements')}>
      {of.statements.length === 0 ? (
        <p className="text-soft">{t('statements.none')}</p>
      ) : (
        <ol className="grid gap-4">
          {of.statements.map((said) => (
            <li key={said.given_at + said.text} className="grid gap-2">
              <p className="caption">
                {t(`statement.${said.kind}`)} · <Moment at={said.given_at} />
              </p>
              <p className="whitespace-pre-line wrap-anywhere">{said.text}</p>
              {said.picture_ids.length > 0 && (
                <div className="flex flex-wrap gap-2">
                  {said.picture_ids.map((picture, index) => (
                    <ServerPicture
                      key={picture}
                      name={['verifications', of.id, picture]}
                      load={() =>
                        api.get('/v1/verifications/{verification_id}/pictures/{picture_id}', {
                          params: { path: { verification_id: of.id, picture_id: picture } },
                          parseAs: 'blob',
                        })
                      }
                      alt={t('statement.picture', { number: index + 1 })}
                    />
                  ))}
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

const STEP_TONES: Readonly<Record<Verification['steps'][number]['name'], Tone>> = {
  pending: 'idle',
  genuine: 'ok',
  suspected: 'warn',
  under_review: 'warn',
  proof_given: 'move',
  cleared: 'ok',
  confirmed: 'bad',
  penalised: 'bad',
  appealed: 'move',
  upheld: 'bad',
  revoked: 'ok',
  withdrawn: 'idle',
};

function Steps({ of }: { readonly of: Verification }) {
  const t = useWords(VERIFICATION_WORDS);
  const nameOf = (name: Verification['steps'][number]['name']) =>
    name === 'confirmed' || name === 'proof_given' ? t(`step.${name}`) : t(`state.${name}`);
  return (
    <Timeline
      steps={of.steps
        .map((step, index) => ({
          id: String(index),
          tone: STEP_TONES[step.name],
          title: nameOf(step.name),
          when: (
            <>
              <Moment at={step.occurred_at} /> · {t(`by.${step.by ?? 'merchant'}`)}
            </>
          ),
          ...(step.reason === undefined ? {} : { detail: step.reason }),
        }))
        .toReversed()}
    />
  );
}
