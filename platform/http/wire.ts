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

const codecs = new WeakMap<z.core.$ZodType, WireCodec>();

export function wireCodec(schema: z.core.$ZodType): WireCodec {
  let codec = codecs.get(schema);
  if (codec === undefined) {
    // Registered before it is built, so that a schema may contain itself.
    let built: WireCodec | undefined;
    codec = {
      decode: (wire, pointer, unknown) => {
        built ??= buildCodec(schema);
        return built.decode(wire, pointer, unknown);
      },
      encode: (value) => {
        built ??= buildCodec(schema);
        return built.encode(value);
      },
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
  discriminator?: string;
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
  out?: z.core.$ZodType;
  getter?: () => z.core.$ZodType;
};

function definition(schema: z.core.$ZodType): AnyDef {
  return schema._zod.def as unknown as AnyDef;
}

function buildCodec(schema: z.core.$ZodType): WireCodec {
  const def = definition(schema);
  if (def.type === 'object' && def.shape !== undefined) return objectCodec(def.shape);
  if (def.type === 'array' && def.element !== undefined) return arrayCodec(wireCodec(def.element));
  if (def.type === 'tuple' && def.items !== undefined) return tupleCodec(def.items.map(wireCodec));
  if (def.type === 'record' && def.valueType !== undefined) return mapCodec(wireCodec(def.valueType));
  if (def.type === 'union' && def.options !== undefined) return unionCodec(def.options, def.discriminator);
  if (def.type === 'lazy' && def.getter !== undefined) return wireCodec(def.getter());
  if (def.type === 'pipe' && def.in !== undefined && def.out !== undefined) {
    const [before, after] = [wireCodec(def.in), wireCodec(def.out)];
    return { decode: before.decode, encode: after.encode };
  }
  if (def.innerType !== undefined) return wireCodec(def.innerType);
  return AS_IT_IS;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectCodec(shape: Record<string, z.core.$ZodType>): WireCodec {
  const fields = Object.entries(shape).map(([name, inner]) => ({
    name,
    wire: snakeCase(name),
    codec: wireCodec(inner),
  }));
  const byWire = new Map(fields.map((field) => [field.wire, field]));
  return {
    decode: (wire, pointer, unknown) => {
      if (!isPlainObject(wire)) return wire;
      const result: Record<string, unknown> = {};
      for (const [key, value] of Object.entries(wire)) {
        const field = byWire.get(key);
        if (field === undefined) unknown(`${pointer}/${escapePointer(key)}`);
        else result[field.name] = field.codec.decode(value, `${pointer}/${field.wire}`, unknown);
      }
      return result;
    },
    encode: (value) => {
      if (!isPlainObject(value)) return value;
      const result: Record<string, unknown> = {};
      for (const field of fields) {
        const inner = value[field.name];
        if (inner !== undefined) result[field.wire] = field.codec.encode(inner);
      }
      return result;
    },
  };
}

function arrayCodec(element: WireCodec): WireCodec {
  return {
    decode: (wire, pointer, unknown) =>
      Array.isArray(wire)
        ? wire.map((item, index) => element.decode(item, `${pointer}/${index}`, unknown))
        : wire,
    encode: (value) => (Array.isArray(value) ? value.map((item) => element.encode(item)) : value),
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
  codec: WireCodec;
  names: Set<string>;
  wireNames: Set<string>;
  tags: Set<unknown>;
  list: boolean;
};

function unionCodec(options: readonly z.core.$ZodType[], discriminator: string | undefined): WireCodec {
  const known: UnionOption[] = options.flatMap(flattenUnion).map((option) => {
    const shape = shapeOf(option);
    const names = Object.keys(shape ?? {});
    const tag = discriminator === undefined ? undefined : shape?.[discriminator];
    return {
      codec: wireCodec(option),
      names: new Set(names),
      wireNames: new Set(names.map(snakeCase)),
      tags: new Set(tag === undefined ? [] : literalValues(tag)),
      list: unwrap(option) === 'array',
    };
  });
  const pick = (value: unknown, wire: boolean): WireCodec => {
    if (Array.isArray(value)) return known.find((option) => option.list)?.codec ?? AS_IT_IS;
    if (!isPlainObject(value)) return AS_IT_IS;
    if (discriminator !== undefined) {
      const tag = value[wire ? snakeCase(discriminator) : discriminator];
      const tagged = known.find((option) => option.tags.has(tag));
      if (tagged !== undefined) return tagged.codec;
    }
    const keys = Object.keys(value);
    const objects = known.filter((option) => option.names.size > 0);
    const all = objects.find((option) =>
      keys.every((key) => (wire ? option.wireNames : option.names).has(key)),
    );
    return (all ?? objects[0])?.codec ?? AS_IT_IS;
  };
  return {
    decode: (wire, pointer, unknown) => pick(wire, true).decode(wire, pointer, unknown),
    encode: (value) => pick(value, false).encode(value),
  };
}

function flattenUnion(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = definition(schema);
  return def.type === 'union' && def.options !== undefined ? def.options.flatMap(flattenUnion) : [schema];
}

function unwrap(schema: z.core.$ZodType): string {
  const def = definition(schema);
  return def.innerType === undefined ? def.type : unwrap(def.innerType);
}

function shapeOf(schema: z.core.$ZodType): Record<string, z.core.$ZodType> | undefined {
  const def = definition(schema);
  if (def.type === 'object') return def.shape;
  return def.innerType === undefined ? undefined : shapeOf(def.innerType);
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

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
