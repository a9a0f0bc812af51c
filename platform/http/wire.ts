import type { z } from 'zod';

/**
 * Between camelCase in our code and snake_case on the wire, derived from a schema. Names inside maps (records),
 * raw payloads and unknown values pass untouched.
 */
export type WireCodec = {
  /** Renames what the schema knows; a name that it does not know is kept and reported to `unknown`. */
  decode(wire: unknown, pointer: string, unknown: (pointer: string) => void): unknown;
  /** Renames and keeps only what the schema knows, so that an answer never leaks a field. */
  encode(value: unknown): unknown;
};

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Built when it is first used, so that a schema may contain itself. */
type LaterCodec = WireCodec & { built(): WireCodec };

const codecs = new WeakMap<z.core.$ZodType, LaterCodec>();

export function wireCodec(schema: z.core.$ZodType): WireCodec {
  return laterCodec(schema);
}

function laterCodec(schema: z.core.$ZodType): LaterCodec {
  let codec = codecs.get(schema);
  if (codec === undefined) {
    let known: WireCodec | undefined;
    const built = () => {
      known ??= buildCodec(schema);
      return known;
    };
    codec = {
      built,
      decode: (wire, pointer, unknown) => built().decode(wire, pointer, unknown),
      encode: (value) => built().encode(value),
    };
    codecs.set(schema, codec);
  }
  return codec;
}

const AS_IT_IS: WireCodec = { decode: (wire) => wire, encode: (value) => value };

type AnyDef = {
  type: string;
  shape?: Record<string, z.core.$ZodType>;
  element?: z.core.$ZodType;
  items?: z.core.$ZodType[];
  valueType?: z.core.$ZodType;
  options?: z.core.$ZodType[];
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
  out?: z.core.$ZodType;
  getter?: () => z.core.$ZodType;
  /** What stands for names outside the shape: `never` in strict objects, `unknown` in loose ones. */
  catchall?: z.core.$ZodType;
  left?: z.core.$ZodType;
  right?: z.core.$ZodType;
};

function definition(schema: z.core.$ZodType): AnyDef {
  return schema._zod.def as unknown as AnyDef;
}

function buildCodec(schema: z.core.$ZodType): WireCodec {
  const def = definition(schema);
  const shape = shapeOf(schema);
  if (shape !== undefined && (def.type === 'object' || def.type === 'intersection'))
    return objectCodec(shape, isLoose(schema));
  if (def.type === 'array' && def.element !== undefined) return arrayCodec(laterCodec(def.element));
  if (def.type === 'tuple' && def.items !== undefined) return tupleCodec(def.items.map(wireCodec));
  if (def.type === 'record' && def.valueType !== undefined) return mapCodec(wireCodec(def.valueType));
  if (def.type === 'union' && def.options !== undefined) return unionCodec(def.options);
  if (def.type === 'lazy' && def.getter !== undefined) return laterCodec(def.getter()).built();
  if (def.type === 'pipe' && def.in !== undefined && def.out !== undefined) {
    const [before, after] = [wireCodec(def.in), wireCodec(def.out)];
    // A transform has no names of its own: the schema on its other side knows them.
    return {
      decode: definition(def.in).type === 'transform' ? after.decode : before.decode,
      encode: definition(def.out).type === 'transform' ? before.encode : after.encode,
    };
  }
  if (def.innerType !== undefined) return laterCodec(def.innerType).built();
  return AS_IT_IS;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectCodec(shape: Record<string, z.core.$ZodType>, loose: boolean): WireCodec {
  const fields = Object.entries(shape).map(([name, inner]) => ({
    name,
    wire: snakeCase(name),
    codec: laterCodec(inner),
  }));
  const byWire = new Map(fields.map((field) => [field.wire, field]));
  if (byWire.size !== fields.length) throw new Error('two fields of a schema have one name on the wire');
  const names = new Set(fields.map((field) => field.name));
  let encode: Encoder | undefined;
  return {
    decode: (wire, pointer, unknown) => {
      if (!isPlainObject(wire)) return wire;
      const result: Record<string, unknown> = {};
      for (const [key, value] of Object.entries(wire)) {
        const field = byWire.get(key);
        if (field === undefined && loose) put(result, key, value);
        else if (field === undefined) unknown(`${pointer}/${escapePointer(key)}`);
        else result[field.name] = field.codec.decode(value, `${pointer}/${field.wire}`, unknown);
      }
      return result;
    },
    encode: (value) => {
      if (!isPlainObject(value)) return value;
      encode ??= encoderOf(fields);
      const result = encode(value);
      if (loose) {
        for (const [key, inner] of Object.entries(value)) if (!names.has(key)) put(result, key, inner);
      }
      return result;
    },
  };
}

type Field = { readonly name: string; readonly wire: string; readonly codec: LaterCodec };
type Encoder = (value: Record<string, unknown>) => Record<string, unknown>;

/**
 * One object literal with all fields, in a function of its own for each schema: V8 then knows the places of the fields in
 * what goes in and in what comes out. One loop for all schemas looks up each name each time, which takes six times as long.
 * Into the function's text goes nothing but names of our own schemas. A field that is not there is undefined, which JSON
 * leaves out.
 */
function encoderOf(fields: readonly Field[]): Encoder {
  const inner = fields.map(({ codec }) => codec.built());
  const members = fields.map(({ name, wire }, index) => {
    const value = `value[${JSON.stringify(name)}]`;
    return `${JSON.stringify(wire)}: ${inner[index] === AS_IT_IS ? value : `codec${index}.encode(${value})`}`;
  });
  const codecNames = fields.map((_, index) => `codec${index}`);
  return new Function(...codecNames, `return (value) => ({ ${members.join(', ')} })`)(...inner) as Encoder;
}

/** Assignment that also takes the name `__proto__` as a name. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function arrayCodec(element: LaterCodec): WireCodec {
  return {
    decode: (wire, pointer, unknown) =>
      Array.isArray(wire)
        ? wire.map((item, index) => element.decode(item, `${pointer}/${index}`, unknown))
        : wire,
    encode: (value) => {
      const inner = element.built();
      return Array.isArray(value) && inner !== AS_IT_IS ? value.map((item) => inner.encode(item)) : value;
    },
  };
}

function tupleCodec(elements: readonly WireCodec[]): WireCodec {
  const at = (index: number) => elements[index] ?? AS_IT_IS;
  return {
    decode: (wire, pointer, unknown) =>
      Array.isArray(wire)
        ? wire.map((item, index) => at(index).decode(item, `${pointer}/${index}`, unknown))
        : wire,
    encode: (value) => (Array.isArray(value) ? value.map((item, index) => at(index).encode(item)) : value),
  };
}

function mapCodec(inner: WireCodec): WireCodec {
  const each = (value: unknown, change: (item: unknown, key: string) => unknown) =>
    isPlainObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]))
      : value;
  return {
    decode: (wire, pointer, unknown) =>
      each(wire, (item, key) => inner.decode(item, `${pointer}/${escapePointer(key)}`, unknown)),
    encode: (value) => each(value, (item) => inner.encode(item)),
  };
}

type UnionOption = {
  readonly codec: WireCodec;
  readonly kind: 'object' | 'map' | 'list' | 'other';
  /** Field, its name on the wire, its literal values (empty: any), and whether it must be there. */
  readonly fields: readonly {
    readonly name: string;
    readonly wire: string;
    readonly literals: ReadonlySet<unknown>;
    readonly required: boolean;
  }[];
};

/** The option that fits a value best: no literal differs, most names known, fewest required names missing. */
function unionCodec(options: readonly z.core.$ZodType[]): WireCodec {
  const known = options.flatMap(flattenUnion).map(unionOption);
  const pick = (value: unknown, side: 'name' | 'wire'): WireCodec => {
    if (Array.isArray(value)) return known.find((option) => option.kind === 'list')?.codec ?? AS_IT_IS;
    if (!isPlainObject(value)) return AS_IT_IS;
    let best: UnionOption | undefined;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const option of known) {
      const score = fitOf(option, value, side);
      if (score > bestScore) [best, bestScore] = [option, score];
    }
    return best?.codec ?? AS_IT_IS;
  };
  return {
    decode: (wire, pointer, unknown) => pick(wire, 'wire').decode(wire, pointer, unknown),
    encode: (value) => pick(value, 'name').encode(value),
  };
}

const NO_FIT = -1e9;

function fitOf(option: UnionOption, value: Record<string, unknown>, side: 'name' | 'wire'): number {
  const size = Object.keys(value).length;
  // A map takes any names, so it is the choice when no object knows them all.
  if (option.kind === 'map') return size * 1_000 - 500;
  if (option.kind !== 'object') return Number.NEGATIVE_INFINITY;
  let score = 0;
  for (const field of option.fields) {
    const has = Object.hasOwn(value, field[side]) && value[field[side]] !== undefined;
    if (has) {
      score += 1_000;
      if (field.literals.size > 0 && !field.literals.has(value[field[side]])) score += NO_FIT;
    } else if (field.required) score -= 1;
  }
  return score;
}

function unionOption(schema: z.core.$ZodType): UnionOption {
  const shape = shapeOf(schema);
  const type = unwrap(schema);
  return {
    codec: wireCodec(schema),
    kind: shape !== undefined ? 'object' : type === 'record' ? 'map' : isList(type) ? 'list' : 'other',
    fields: Object.entries(shape ?? {}).map(([name, inner]) => ({
      name,
      wire: snakeCase(name),
      literals: new Set(literalValues(inner)),
      required: inner._zod.optin !== 'optional',
    })),
  };
}

function isList(type: string): boolean {
  return type === 'array' || type === 'tuple';
}

function flattenUnion(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = definition(schema);
  return def.type === 'union' && def.options !== undefined ? def.options.flatMap(flattenUnion) : [schema];
}

/** The schema inside of optional, nullable, default, lazy and pipes. */
function inside(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const def = definition(schema);
  if (def.innerType !== undefined) return def.innerType;
  if (def.type === 'lazy') return def.getter?.();
  if (def.type !== 'pipe' || def.in === undefined) return undefined;
  return definition(def.in).type === 'transform' ? def.out : def.in;
}

function unwrap(schema: z.core.$ZodType): string {
  const inner = inside(schema);
  return inner === undefined ? definition(schema).type : unwrap(inner);
}

/** Fields of an object, or of an intersection of objects. */
function shapeOf(schema: z.core.$ZodType): Record<string, z.core.$ZodType> | undefined {
  const def = definition(schema);
  if (def.type === 'object') return def.shape;
  if (def.type === 'intersection' && def.left !== undefined && def.right !== undefined) {
    const [left, right] = [shapeOf(def.left), shapeOf(def.right)];
    return left === undefined || right === undefined ? undefined : { ...left, ...right };
  }
  const inner = inside(schema);
  return inner === undefined ? undefined : shapeOf(inner);
}

function isLoose(schema: z.core.$ZodType): boolean {
  const def = definition(schema);
  if (def.left !== undefined && def.right !== undefined) return isLoose(def.left) && isLoose(def.right);
  return def.catchall !== undefined && definition(def.catchall).type !== 'never';
}

function literalValues(schema: z.core.$ZodType): unknown[] {
  const def = schema._zod.def as unknown as {
    type: string;
    values?: unknown[];
    entries?: Record<string, unknown>;
    innerType?: z.core.$ZodType;
  };
  if (def.type === 'literal') return def.values ?? [];
  if (def.type === 'enum') return Object.values(def.entries ?? {});
  return def.innerType === undefined ? [] : literalValues(def.innerType);
}

/** RFC 6901. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
