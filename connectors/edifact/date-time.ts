import { stampAt } from '../reading/index.ts';

/** A wall-clock time as a message states it. `zone` only when the format carries one. */
export type EdiTime = { readonly localTime: string; readonly zone?: string; readonly isDateOnly: boolean };

type Part = 'CC' | 'YY' | 'MM' | 'DD' | 'HH' | 'MI' | 'SS';
const DAY: readonly Part[] = ['YY', 'MM', 'DD'];
const MINUTE: readonly Part[] = [...DAY, 'HH', 'MI'];

/** Data element 2379, the formats of points in time: parts, and what follows them. */
const FORMATS: Readonly<Record<string, { parts: readonly Part[]; zone?: 'offset' | 'name' }>> = {
  '101': { parts: DAY },
  '102': { parts: ['CC', ...DAY] },
  '201': { parts: MINUTE },
  '202': { parts: [...MINUTE, 'SS'] },
  '203': { parts: ['CC', ...MINUTE] },
  '204': { parts: ['CC', ...MINUTE, 'SS'] },
  '205': { parts: ['CC', ...MINUTE], zone: 'offset' },
  '301': { parts: MINUTE, zone: 'name' },
  '302': { parts: [...MINUTE, 'SS'], zone: 'name' },
  '303': { parts: ['CC', ...MINUTE], zone: 'name' },
  '304': { parts: ['CC', ...MINUTE, 'SS'], zone: 'name' },
};

/**
 * Reads DTM (C507: value 2380, format 2379). A zone by name counts only as UTC or GMT: other abbreviations name
 * several zones. Years without century are of 1970 to 2069. Undefined when the text does not fit its format; whether
 * such a day exists is for the caller to judge.
 */
export function readEdiTime(value: string, format: string): EdiTime | undefined {
  const shape = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (shape === undefined) return undefined;
  const digits = shape.parts.length * 2;
  const text = value.slice(0, digits);
  const rest = value.slice(digits);
  if (text.length < digits || !/^\d+$/.test(text)) return undefined;
  const read = (part: Part) => {
    const index = shape.parts.indexOf(part);
    return index < 0 ? undefined : text.slice(index * 2, index * 2 + 2);
  };
  const zone = shape.zone === undefined ? (rest === '' ? null : undefined) : zoneIn(rest, shape.zone);
  if (zone === undefined) return undefined;
  const century = read('CC') ?? (Number(read('YY')) >= 70 ? '19' : '20');
  const hour = read('HH');
  const { local, isDateOnly } = stampAt(
    `${century}${read('YY')}-${read('MM')}-${read('DD')}`,
    hour && `${hour}:${read('MI') ?? '00'}:${read('SS') ?? '00'}`,
  );
  return { localTime: local, ...(zone === null ? {} : { zone }), isDateOnly };
}

/** An offset or the name of a zone; null when none is stated that we can trust, undefined when it is unreadable. */
function zoneIn(rest: string, kind: 'offset' | 'name'): string | null | undefined {
  if (kind === 'offset') {
    const match = /^([+-])(\d{2})(\d{2})$/.exec(rest);
    return match === null ? undefined : `${match[1]}${match[2]}:${match[3]}`;
  }
  if (!/^[A-Za-z+\-0-9]{0,6}$/.test(rest)) return undefined;
  return rest === 'UTC' || rest === 'GMT' ? 'UTC' : null;
}
