/** A JSON Schema as far as we read one. */
export type Schema = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
};

export type SchemaField = {
  /** `rules[].effect`; a name that is free is `*`. */
  readonly path: string;
  /** `allow | deny`, `string`, `list`. */
  readonly kind: string;
  readonly isNeeded: boolean;
  readonly description: string | undefined;
};

/** A document that points to itself ends somewhere. */
const DEPTH = 8;

/** Every field that a document may have, in the order of its schema. */
export function fieldsOf(root: Schema): readonly SchemaField[] {
  const fields: SchemaField[] = [];
  const visit = (schema: Schema, path: string, depth: number) => {
    if (depth > DEPTH) return;
    const at = resolved(root, schema);
    for (const [name, field] of Object.entries(at.properties ?? {})) {
      const whole = path === '' ? name : `${path}.${name}`;
      const found = resolved(root, field);
      fields.push({
        path: whole,
        kind: kindOf(root, found),
        isNeeded: at.required?.includes(name) === true && !('default' in found),
        description: field.description ?? found.description,
      });
      visit(found, whole, depth + 1);
    }
    if (at.items !== undefined) visit(at.items, `${path}[]`, depth + 1);
    if (typeof at.additionalProperties === 'object')
      visit(at.additionalProperties, path === '' ? '*' : `${path}.*`, depth + 1);
    for (const one of [...(at.anyOf ?? []), ...(at.oneOf ?? [])]) visit(one, path, depth + 1);
  };
  visit(root, '', 0);
  return fields;
}

function resolved(root: Schema, schema: Schema): Schema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  return (name === undefined ? undefined : root.$defs?.[name]) ?? schema;
}

function kindOf(root: Schema, schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  if (schema.type === 'array') {
    const items = schema.items === undefined ? '' : kindOf(root, resolved(root, schema.items));
    return `[ ${items} ]`;
  }
  return schema.type === 'object' ? '{ }' : (schema.type ?? '');
}
