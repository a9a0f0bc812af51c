import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { MILESTONE_NAMES, type Milestone, type Timeline } from '../tracking/index.ts';
import { faultsOfText, hashesOfText, readDocumentText } from './document.ts';
import { scansOfEvent } from './event-scans.policy.ts';
import { documentOfTimeline } from './export.policy.ts';
import { storedEventOf } from './stored-event.policy.ts';

const NOW = instant('2026-03-05T00:00:00Z');
type Entry = Timeline['entries'][number];

function entryOf(milestone: Milestone | 'unmapped', minute: number, change: Partial<Entry> = {}): Entry {
  return {
    scanId: minute.toString(16).padStart(32, '0') as Entry['scanId'],
    source: 'postroad',
    milestone,
    code: milestone,
    occurredAt: instant(`2026-03-04T10:${String(minute).padStart(2, '0')}:00Z`),
    zoneConfidence: 'stated',
    effect: 'moved',
    synthetic: false,
    ...change,
  };
}
type Exported = { epcisBody: { eventList: Record<string, unknown>[] } };
const exported = (entries: readonly Entry[], number = 'AB 12/3:ü') =>
  documentOfTimeline(number, { entries }, NOW) as Exported;

describe('a timeline as an EPCIS document', () => {
  it('is valid for every milestone, its ids are the hashes of its events, and it tells the same when captured', () => {
    const document = exported(
      [...MILESTONE_NAMES, 'unmapped' as const].map((name, index) => entryOf(name, index)),
    );
    const text = JSON.stringify(document);
    expect(faultsOfText(text)).toEqual([]);
    expect(hashesOfText(text)).toEqual({
      ok: true,
      ids: document.epcisBody.eventList.map((event) => event.eventID),
    });
    const read = readDocumentText(text);
    if (!read.ok) throw new Error('not read');
    const scans = read.events.flatMap(({ reading }, position) =>
      reading.ok ? scansOfEvent(storedEventOf(reading.event, read.namespaces, position, NOW)) : [],
    );
    expect(scans.map(({ code }) => code)).toEqual(MILESTONE_NAMES);
    expect(new Set(scans.map(({ number }) => number))).toEqual(new Set(['AB 12/3:ü']));
    expect(scans[3]?.occurred_at).toBe('2026-03-04T10:03:00.000+00:00');
  });

  it('tells arrivals, departures and holds in the words of the vocabulary, and the detail beside them', () => {
    const told = exported([
      entryOf('in_transit_local', 1, { substatus: 'in_transit.arrived_facility' }),
      entryOf('in_transit_local', 2, { substatus: 'in_transit.departed_facility' }),
      entryOf('exception', 3, { substatus: 'exception.held_at_facility' }),
      entryOf('delivered', 4, { substatus: 'delivered.signed' }),
      entryOf('lost', 5, { substatus: 'exception.lost' }),
    ]).epcisBody.eventList;
    expect(told.map((event) => [event.bizStep, event.disposition, event['postroad:substatus']])).toEqual([
      ['arriving', 'in_progress', 'in_transit.arrived_facility'],
      ['departing', 'in_transit', 'in_transit.departed_facility'],
      ['holding', undefined, 'exception.held_at_facility'],
      ['receiving', undefined, 'delivered.signed'],
      ['other', 'unknown', 'exception.lost'],
    ]);
  });

  it('names the place as far as it is known', () => {
    const at = (place: object) =>
      exported([entryOf('picked_up', 1, { place: place as NonNullable<Entry['place']> })]).epcisBody
        .eventList[0]?.readPoint;
    expect(at({ country: 'NL' })).toEqual({ id: 'urn:x-postroad:place:NL' });
    expect(at({ country: 'NL', city: 'Den Haag' })).toEqual({ id: 'urn:x-postroad:place:NL:Den%20Haag' });
    expect(at({ country: 'NL', facility: 'HUB1' })).toEqual({ id: 'urn:x-postroad:place:NL::HUB1' });
  });

  it('leaves out what was corrected, and an SSCC is one', () => {
    const list = exported(
      [entryOf('picked_up', 1), entryOf('delivered', 2, { effect: 'corrected' })],
      '340123450000000018',
    ).epcisBody.eventList;
    expect(list).toHaveLength(1);
    expect(list[0]?.epcList).toEqual(['https://id.gs1.org/00/340123450000000018']);
  });

  it('of a parcel that nobody scanned is empty', () => {
    expect(exported([]).epcisBody.eventList).toEqual([]);
  });
});
