/*
 * What the standard says of parameters for fields of a sender's own, read over a document as it stands: the slow way, and
 * without anything of the product, to compare its answers with.
 */
type Json = unknown;
type Members = Readonly<Record<string, Json>>;

/** `EQ_INNER_ILMD_…` taken apart; `field` is a full name (`https://ns.example/lot`), `#lot` one without a namespace. */
export type Asked = {
  readonly operator: 'EQ' | 'GT' | 'GE' | 'LT' | 'LE' | 'EXISTS';
  readonly part: string;
  readonly isInner: boolean;
  readonly fields: readonly string[];
  readonly values: readonly string[];
};

const membersOf = (value: Json): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : []);

function holdersOf(event: Members, part: string): readonly Members[] {
  const elements = listOf(event.sensorElementList).map(membersOf);
  const holders: Record<string, readonly Json[]> = {
    '': [event],
    ILMD: [event.ilmd],
    ERROR_DECLARATION: [event.errorDeclaration],
    readPoint: [event.readPoint],
    bizLocation: [event.bizLocation],
    SENSORELEMENT: elements,
    SENSORMETADATA: elements.map((one) => one.sensorMetadata),
    SENSORREPORT: elements.flatMap((one) => listOf(one.sensorReport)),
  };
  return (holders[part] ?? []).map(membersOf);
}

function nameOf(written: string, context: Readonly<Record<string, string>>): string {
  const [prefix = '', ...rest] = written.split(':');
  if (rest.length === 0) return `#${written}`;
  const namespace = Object.hasOwn(context, prefix) ? context[prefix] : undefined;
  return namespace === undefined ? written : namespace + rest.join(':');
}

const members = (value: Members) => Object.entries(value).filter(([name]) => !/^@/.test(name));

/** Values of all fields inside a value, with their names. */
function inside(value: Json): [string, Json][] {
  if (Array.isArray(value)) return value.flatMap(inside);
  const held = membersOf(value);
  if ('@value' in held) return inside(held['@value']);
  return members(held).flatMap(([name, one]): [string, Json][] => [[name, one], ...inside(one)]);
}

function flat(value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap(flat);
  const held = membersOf(value);
  if ('@value' in held) return flat(held['@value']);
  return typeof held['@id'] === 'string' ? [value, held['@id']] : [value];
}

function fits(value: Json, operator: Asked['operator'], wanted: string): boolean {
  if (typeof value === 'object' || value === '') {
    const isSomething = value !== '' && value !== null && Object.keys(value as object).length > 0;
    return operator === 'EXISTS' && isSomething;
  }
  if (operator === 'EXISTS') return value !== undefined;
  const isNumber = (text: string) => text !== '' && /^-?\d+(\.\d+)?$/.test(text);
  const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = (text: string) => /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text);
  const text = String(value);
  if (operator === 'EQ') {
    if (text === wanted) return true;
    if (isNumber(wanted) && text === String(Number(wanted))) return true;
    return (
      typeof value === 'string' &&
      isMoment(text) &&
      isMoment(wanted) &&
      Date.parse(text) === Date.parse(wanted)
    );
  }
  const [left, right] =
    isNumber(wanted) && (typeof value === 'number' || isNumber(text))
      ? [Number(text), Number(wanted)]
      : isDay(wanted) && isDay(text)
        ? [text, wanted]
        : isMoment(wanted) && isMoment(text)
          ? [Date.parse(text), Date.parse(wanted)]
          : [undefined, undefined];
  if (left === undefined || right === undefined) return false;
  return { GT: left > right, GE: left >= right, LT: left < right, LE: left <= right }[operator];
}

/** Whether an event of a document with this context (prefix and namespace) says what is asked for. */
export function naivelyFits(
  event: Members,
  context: Readonly<Record<string, string>>,
  asked: Asked,
): boolean {
  const tops = holdersOf(event, asked.part).flatMap((holder) =>
    members(holder).filter(([name]) => asked.part === 'ILMD' || name.includes(':')),
  );
  const found = asked.isInner ? tops.flatMap(([, value]) => inside(value)) : tops;
  const values = found.filter(([name]) => asked.fields.includes(nameOf(name, context)));
  return values.some(([, value]) =>
    flat(value).some((one) => asked.values.some((wanted) => fits(one, asked.operator, wanted))),
  );
}
