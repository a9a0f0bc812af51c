import type { components } from '@postroad/sdk';
import type { ReactNode } from 'react';
import { useWords } from '../ground/words.ts';
import { Facts, Moment } from '../kit/values.tsx';
import { EvidenceValue } from './parts.tsx';
import { VERIFICATION_WORDS } from './words.ts';

type Shown = components['schemas']['VerificationFinding'] | components['schemas']['VerificationSupport'];

/** What rules saw: name, weight, both values, when and where. */
export function Evidence<One extends Shown>({
  of,
  nameOf,
  none,
}: {
  readonly of: readonly One[];
  readonly nameOf: (rule: One['rule']) => string;
  readonly none: string;
}) {
  const t = useWords(VERIFICATION_WORDS);
  if (of.length === 0) return <p className="text-soft">{none}</p>;
  return (
    <ul className="grid gap-5">
      {of.map((one) => (
        <li key={one.rule} className="grid gap-2">
          <p className="flex flex-wrap justify-between gap-x-4">
            <strong>{nameOf(one.rule)}</strong>
            <span className="text-soft">{t('evidence.points', { points: one.points })}</span>
          </p>
          {one.about_others === true && <p className="text-sm text-soft">{t('evidence.others')}</p>}
          <Details of={one} />
        </li>
      ))}
    </ul>
  );
}

function Details({ of }: { readonly of: Shown }) {
  const t = useWords(VERIFICATION_WORDS);
  const rows: (readonly [string, ReactNode])[] = [];
  if (of.declared !== undefined)
    rows.push([t('evidence.declared'), <EvidenceValue key="declared" of={of.declared} />]);
  if (of.observed !== undefined)
    rows.push([t('evidence.observed'), <EvidenceValue key="observed" of={of.observed} />]);
  if (of.instants.length > 0)
    rows.push([
      t('evidence.when'),
      of.instants.map((at) => (
        <span key={at} className="block">
          <Moment at={at} whole />
        </span>
      )),
    ]);
  if (of.places.length > 0)
    rows.push([
      t('evidence.where'),
      of.places
        .map(({ country, city, postcode }) => [city, postcode, country].filter(Boolean).join(', '))
        .join(' → '),
    ]);
  if (of.scan_ids.length > 0)
    rows.push([
      t('evidence.scans'),
      <span key="scans" className="number text-sm">
        {of.scan_ids.join(', ')}
      </span>,
    ]);
  return rows.length > 0 && <Facts of={rows} />;
}
