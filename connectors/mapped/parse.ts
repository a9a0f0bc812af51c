import {
  type CodeRow,
  type Connector,
  codeTable,
  defineConnector,
  errorNames,
  type ParcelDraft,
  type Part,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readOffset,
  readStamp,
  readWeight,
  type Stamp,
} from '../reading/index.ts';
import { type Mapping, meaningParts } from './mapping.ts';

/** A connector made of data alone, for carriers whose format nobody has written code for. */
export function mappedConnector(mapping: Mapping): Connector {
  const rows = Object.entries(mapping.codes).map(([code, text]): CodeRow => [code, ...meaningParts(text)]);
  return defineConnector({
    code: mapping.carrier,
    title: mapping.carrier,
    codes: codeTable({ source: mapping.source, rows }),
    ...(mapping.zone === undefined ? {} : { assumedZone: mapping.zone }),
    formats: [
      {
        name: `Mapped ${mapping.format.toUpperCase()} of ${mapping.carrier}`,
        kind: mapping.format,
        reads: (root, draft) => readMapped(mapping, root, draft),
      },
    ],
  });
}

function readMapped(mapping: Mapping, root: Part, draft: ReadingDraft): boolean {
  const hasErrors = readErrors(mapping, root, draft);
  const { parcels: where, scans, fields } = mapping;
  const entries = root.list(...keysOf(where));
  // Without one number anywhere it is another document.
  const scansOf = (entry: Part) => (scans === undefined ? [entry] : entry.list(...keysOf(scans)));
  const numberOf = (entry: Part, scan: Part) => fieldOf(fields.number, entry, scan);
  const known = entries.filter(
    (entry) => numberOf(entry, entry) ?? scansOf(entry).some((scan) => numberOf(entry, scan)),
  );
  if (known.length === 0) return hasErrors;
  const drafts = new Map<string, ParcelDraft>();
  for (const entry of entries) {
    const open = (scan: Part) => parcelFor(numberOf(entry, scan) ?? '', entry, scan);
    const own = scansOf(entry);
    if (own.length === 0) open(entry);
    for (const scan of own) scanInto(open(scan), mapping, entry, scan);
  }
  return true;

  function parcelFor(number: string, entry: Part, scan: Part): ParcelDraft {
    const held = drafts.get(number);
    if (held !== undefined) return held;
    const fresh = draft.parcel(entry, {
      number,
      estimatedDate: readDate(fieldOf(fields.estimate, entry, scan), mapping.dates),
    });
    drafts.set(number, fresh);
    return fresh;
  }
}

function readErrors({ errors: rule }: Mapping, root: Part, draft: ReadingDraft): boolean {
  if (rule === undefined) return false;
  const nameOf = errorNames(rule.names);
  const errors = root.list(...keysOf(rule.at));
  for (const error of errors) {
    const code = fieldOf(rule.code, error, error);
    draft.error(nameOf(code), fieldOf(rule.message, error, error), { code, pointer: error.pointer });
  }
  return errors.length > 0;
}

function scanInto(parcel: ParcelDraft, { fields, dates }: Mapping, entry: Part, scan: Part): void {
  const get = (path: string | undefined) => fieldOf(path, entry, scan);
  const [time, date, clock] = [get(fields.time), get(fields.date), get(fields.clock)];
  const stamp =
    fields.time === undefined ? readDateAndTime(date, clock, undefined, dates) : readStamp(time, dates);
  parcel.scan(scan, {
    code: get(fields.code),
    category: get(fields.class),
    text: get(fields.text),
    stamp: withOffset(stamp, readOffset(get(fields.offset))),
    writtenTime: time ?? (date && [date, clock].join(' ').trim()),
    place: {
      city: get(fields.city),
      region: get(fields.region),
      postcode: get(fields.postcode),
      country: get(fields.country),
      facility: get(fields.facility),
    },
    weightGrams: readWeight(get(fields.weight), fields.unit === undefined ? 'g' : get(fields.unit)),
  });
}

/** What stands in the time itself comes before a field beside it. */
function withOffset(stamp: Stamp | undefined, zone: string | undefined): Stamp | undefined {
  return stamp === undefined || zone === undefined ? stamp : { zone, ...stamp };
}

function fieldOf(path: string | undefined, entry: Part, scan: Part): string | undefined {
  if (path === undefined) return undefined;
  return path.startsWith('/') ? entry.text(...keysOf(path.slice(1))) : scan.text(...keysOf(path));
}

function keysOf(path: string | undefined): string[] {
  return path === undefined ? [] : path.split('/').filter((key) => key !== '');
}
