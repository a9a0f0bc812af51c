import type { components } from '@postroad/sdk';
import { formatsOf } from '../ground/format.ts';
import { languageFor, localeOf } from '../ground/language.ts';
import { translator } from '../ground/words.ts';
import { words as milestonesEn } from '../words/milestones.en.ts';
import { words as milestonesZh } from '../words/milestones.zh.ts';
import { headlineOf, lateness } from './advice.ts';
import { arrivalText, placeText, seenText, whenOf } from './phrases.ts';
import { type Saying, sisterText, unshownPieces, whichText } from './pieces.ts';
import { words as en } from './words.en.ts';
import { words as zh } from './words.zh.ts';

/** Where neither the place nor the reader tells a clock; it is said beside the time. */
const CLOCK = 'UTC';
/** As many steps as a parcel across borders has; the others are counted. Our default. */
const MAX_STEPS = 20;

/**
 * The truth about a link's parcel for a browser without scripts, as HTML for the page's `noscript`: state, last seen,
 * promise and the newest steps. `wanted`: language tags, the dearest first. What others wrote comes as text.
 */
export function plainView(
  { now, ...parcel }: components['schemas']['BuyerTracking'],
  wanted: readonly string[],
): string {
  const language = languageFor(wanted);
  const t = translator<typeof en>(language === 'zh' ? zh : en, localeOf(language));
  const m = translator<typeof milestonesEn>(
    language === 'zh' ? milestonesZh : milestonesEn,
    localeOf(language),
  );
  const formats = formatsOf(language);
  const to = placeText(parcel.destination, t, formats);
  const seen = seenText(parcel, t, formats);
  const arrival = arrivalText(parcel, t, formats, CLOCK);
  const late = lateness(parcel, now);
  const steps = parcel.steps.slice(0, MAX_STEPS).map((step) => {
    const more = [whenOf(step, t, formats), placeText(step.place, t, formats), t(`said.${step.said_by}`)];
    const mark = step.verified ? '' : ` (${t('unverified')})`;
    return `<li><p class="font-medium">${escaped(m(step.milestone) + mark)}</p>${soft(more.filter(Boolean).join(' · '))}</li>`;
  });
  const earlier = parcel.earlier_steps + parcel.steps.length - steps.length;
  return [
    `<main lang="${language}" class="mx-auto grid max-w-3xl gap-4 px-4 py-4 sm:py-6">`,
    `<section class="${card}">`,
    soft(
      [t('parcel.number', { number: parcel.number }), whichText(parcel, t), to && t('to', { place: to })]
        .filter(Boolean)
        .join(' · '),
    ),
    `<h1 class="mt-1 text-2xl font-semibold tracking-tight">${escaped(t(`state.${headlineOf(parcel, now)}`))}</h1>`,
    seen === undefined ? '' : soft(seen),
    arrival === undefined
      ? ''
      : `<p class="caption mt-4">${escaped(arrival.label)}</p><p class="text-lg font-semibold">${escaped(arrival.when)}</p>`,
    late === undefined ? '' : `<p class="text-warn">${escaped(t(`promise.${late}`))}</p>`,
    '</section>',
    ...piecesPart(parcel.pieces, now, { t, m, formats }),
    `<section class="${card}"><h2 class="mb-3 text-lg font-semibold">${escaped(t('history.title'))}</h2>`,
    steps.length === 0 ? soft(t('history.none')) : `<ol class="grid gap-3">${steps.join('')}</ol>`,
    earlier > 0 ? soft(t('history.earlier', { count: earlier })) : '',
    '</section>',
    soft(t('plain.note')),
    '</main>',
  ].join('');
}

/** Which piece of how many it is, and where the others are; nothing of a parcel that comes alone. */
function piecesPart(
  pieces: components['schemas']['BuyerTracking']['pieces'],
  now: string,
  say: Saying,
): readonly string[] {
  if (pieces === undefined) return [];
  const { t } = say;
  const { position, total } = pieces;
  const left = unshownPieces(pieces);
  const items = pieces.sisters.map((sister) => {
    const { name, state, last, arrival, late } = sisterText(sister, now, say, CLOCK);
    const more = [last, arrival, late].flatMap((text) => (text === undefined ? [] : [soft(text)]));
    return `<li>${soft(name)}<p class="font-medium">${escaped(state)}</p>${more.join('')}</li>`;
  });
  return [
    `<section class="${card}"><h2 class="text-lg font-semibold">${escaped(t('pieces.title'))}</h2>`,
    soft(t('pieces.lead', { position, total })),
    `<ul class="mt-3 grid gap-3">${items.join('')}</ul>`,
    left > 0 ? soft(t('pieces.left', { count: left })) : '',
    '</section>',
  ];
}

const card = 'rounded-lg border border-line bg-card p-5';
const soft = (text: string): string => `<p class="text-soft">${escaped(text)}</p>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
