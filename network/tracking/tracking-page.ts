import { type Instant, isZone, msOf } from '../kernel/index.ts';
import { type Language, type PageWord, type Words, wordsOf } from './page-words.ts';
import type { BuyerView } from './parcel-contract.ts';

export type TrackingPage =
  | {
      readonly kind: 'form';
      readonly language: Language;
      readonly problem?: Extract<PageWord, 'not_found' | 'link_unknown' | 'too_many'>;
      readonly number?: string;
    }
  | { readonly kind: 'parcel'; readonly language: Language; readonly parcel: BuyerView };

/** The only style of the page; its hash stands in the content security policy. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--ground:#f5f6f8;--card:#fff;--accent:#0b6b57;--warn:#8a4b00;--warnbg:#fff4e2}
@media(prefers-color-scheme:dark){:root{--ink:#e7ebf0;--soft:#9aa6b4;--line:#313a45;--ground:#12161b;--card:#1a2027;--accent:#55c8a8;--warn:#f0b566;--warnbg:#2c2417}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}
header{font-weight:600;letter-spacing:.01em;color:var(--soft);margin-bottom:1rem}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem;margin-bottom:1rem}
h1{font-size:1.6rem;line-height:1.25;margin:.1rem 0 .4rem}
h2{font-size:1rem;margin:0 0 1rem;color:var(--soft);font-weight:600}
p{margin:.4rem 0}
.number{font-variant-numeric:tabular-nums;color:var(--soft);overflow-wrap:anywhere;margin:0}
.promise{font-size:1.05rem}
.note,.place{color:var(--soft);font-size:.9rem}
.warn{background:var(--warnbg);color:var(--warn);border-radius:8px;padding:.6rem .8rem}
ol{list-style:none;margin:0 0 1.2rem;padding:0}
.promise time{white-space:nowrap}
li{position:relative;padding:0 0 1.1rem 1.5rem;border-left:2px solid var(--line);margin-left:.4rem}
li:first-child{border-image:linear-gradient(transparent .8rem,var(--line) .8rem) 1}
li:last-child{border-image:none;border-left-color:transparent;padding-bottom:0}
li::before{content:"";position:absolute;left:-.45rem;top:.4rem;width:.75rem;height:.75rem;border-radius:50%;background:var(--card);border:2px solid var(--soft)}
li.now::before{background:var(--accent);border-color:var(--accent)}
li.now .what{font-weight:600}
li.unverified .what{color:var(--soft)}
li.unverified::before{border-style:dashed}
.mark{font-size:.8rem;border:1px solid var(--line);border-radius:999px;padding:.05rem .5rem;margin-left:.4rem;color:var(--soft);white-space:nowrap}
time{font-variant-numeric:tabular-nums}
label{display:block;margin:0 0 .9rem;font-size:.95rem}
input{display:block;width:100%;margin-top:.3rem;padding:.65rem .75rem;font:inherit;color:var(--ink);background:var(--ground);border:1px solid var(--soft);border-radius:8px}
button{font:inherit;font-weight:600;padding:.65rem 1.4rem;border:0;border-radius:8px;background:var(--accent);color:var(--card);cursor:pointer}
a{color:var(--accent)}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

/** The whole page as HTML: no script, nothing loaded, every text escaped. Pure. */
export function trackingPage(page: TrackingPage): string {
  const words = wordsOf(page.language);
  const body = page.kind === 'form' ? formOf(page, words) : parcelOf(page.parcel, words);
  const name =
    page.kind === 'form'
      ? words.page('title')
      : `${words.status(page.parcel.status)} · ${page.parcel.number}`;
  return `<!doctype html>
<html lang="${page.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeText(name)} · Postroad</title><style>${PAGE_STYLE}</style></head>
<body><main><header>Postroad</header>${body}</main></body>
</html>
`;
}

function formOf(page: Extract<TrackingPage, { kind: 'form' }>, words: Words): string {
  const problem =
    page.problem === undefined
      ? ''
      : `<p class="warn" role="alert">${escapeText(words.page(page.problem))}</p>`;
  return `<section><h1>${words.page('title')}</h1>${problem}
<form method="post" action="/track">
<label>${words.page('number')}<input name="number" required maxlength="64" autocomplete="off" autocapitalize="characters" spellcheck="false" value="${escapeText(page.number ?? '')}"></label>
<label>${words.page('phone')}<input name="phone_last4" required inputmode="numeric" pattern="[0-9]{4}" maxlength="4" autocomplete="off"></label>
<button>${words.page('search')}</button>
</form></section>`;
}

function parcelOf(parcel: BuyerView, words: Words): string {
  const { destination } = parcel;
  const to =
    destination === undefined ? '' : `<p class="place">${words.page('to')}: ${placeText(destination)}</p>`;
  const steps = parcel.steps.map((step, index) => stepOf(step, isNow(parcel.steps, index), words)).join('\n');
  const notes = [
    parcel.steps.length === 0 ? '' : `<p class="note">${words.page('zone_note')}</p>`,
    parcel.steps.every((step) => step.verified) ? '' : `<p class="note">${words.page('unverified_note')}</p>`,
  ].join('');
  const history = parcel.steps.length === 0 ? `<p>${words.page('empty')}</p>` : `<ol>${steps}</ol>`;
  return `<section><p class="number">${escapeText(parcel.number)}</p><h1>${words.status(parcel.status)}</h1>${promiseOf(parcel, words)}${actionOf(parcel, words)}${to}</section>
<section><h2>${words.page('history')}</h2>${history}${notes}</section>
<p><a href="/track">${words.page('another')}</a></p>`;
}

/** The newest verified step carries the state. */
function isNow(steps: BuyerView['steps'], index: number): boolean {
  return index === steps.findIndex((step) => step.verified);
}

function promiseOf(parcel: BuyerView, words: Words): string {
  const { promise } = parcel;
  if (promise === undefined || parcel.deliveredAt !== undefined) return '';
  const label = words.page(promise.kind === 'PROMISE' ? 'promised' : 'estimated');
  const days = [...new Set([promise.earliest.slice(0, 10), promise.latest.slice(0, 10)])];
  return `<p class="promise">${label}: <strong>${days.map((day) => `<time datetime="${day}">${day}</time>`).join(' – ')}</strong></p>`;
}

function actionOf(parcel: BuyerView, words: Words): string {
  if (parcel.actionRequired === 'recipient') return `<p class="warn">${words.page('act_recipient')}</p>`;
  if (parcel.actionRequired === 'shipper') return `<p class="note">${words.page('act_shipper')}</p>`;
  return '';
}

function stepOf(step: BuyerView['steps'][number], now: boolean, words: Words): string {
  const what = step.milestone === 'unmapped' ? '' : words.milestone(step.milestone);
  const marks = [
    step.verified ? '' : `<span class="mark">${words.page('unverified')}</span>`,
    step.synthetic ? `<span class="mark">${words.page('synthetic')}</span>` : '',
  ].join('');
  const place = step.place === undefined ? '' : `<div class="place">${placeText(step.place)}</div>`;
  const classes = [now ? 'now' : '', step.verified ? '' : 'unverified'].filter(Boolean).join(' ');
  return `<li${classes === '' ? '' : ` class="${classes}"`}><div class="what">${what}${marks}</div>${timeOf(step, words)}${place}</li>`;
}

function timeOf(step: BuyerView['steps'][number], words: Words): string {
  const note =
    step.zoneConfidence === 'unknown'
      ? ` (${words.page('zone_unknown')})`
      : step.zoneConfidence === 'assumed'
        ? ` (${words.page('zone_assumed')})`
        : '';
  const zone = step.zone === undefined || step.zone === 'Z' ? (note === '' ? ' UTC' : '') : ` ${step.zone}`;
  const text = `${localText(step.occurredAt, step.localTime, step.zone)}${escapeText(zone)}${note}`;
  return `<time class="note" datetime="${step.occurredAt}">${text}</time>`;
}

/** As the source wrote it; else computed in the zone, else UTC. */
function localText(occurredAt: Instant, localTime: string | undefined, zone: string | undefined): string {
  if (localTime !== undefined) return escapeText(localTime.slice(0, 16).replace('T', ' '));
  if (zone === undefined || !isZone(zone)) return occurredAt.slice(0, 16).replace('T', ' ');
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(msOf(occurredAt));
}

function placeText(place: { readonly country: string; readonly city?: string | undefined }): string {
  return escapeText(place.city === undefined ? place.country : `${place.city}, ${place.country}`);
}

function escapeText(text: string): string {
  return text.replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}
