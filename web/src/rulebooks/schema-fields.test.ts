import { expect, it } from 'vitest';
import { fieldsOf } from './schema-fields.ts';

it('lists what a document may have, through lists, maps and references', () => {
  const fields = fieldsOf({
    $ref: '#/$defs/Document',
    $defs: {
      Document: {
        type: 'object',
        properties: {
          kind: { const: 'limits' },
          rules: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                effect: { enum: ['allow', 'deny'] },
                to: { type: 'array', items: { type: 'string' } },
              },
              required: ['effect'],
            },
          },
          profiles: { type: 'object', additionalProperties: { $ref: '#/$defs/Profile' } },
        },
        required: ['kind', 'rules'],
      },
      Profile: { type: 'object', properties: { name: { type: 'string', description: 'who' } } },
    },
  });
  expect(fields.map(({ path, kind, isNeeded }) => `${path}: ${kind}${isNeeded ? '!' : ''}`)).toEqual([
    'kind: limits!',
    'rules: [ { } ]!',
    'rules[].effect: allow | deny!',
    'rules[].to: [ string ]',
    'profiles: { }',
    'profiles.*.name: string',
  ]);
  expect(fields.at(-1)?.description).toBe('who');
});

it('a schema that holds itself ends', () => {
  const fields = fieldsOf({
    $ref: '#/$defs/Tree',
    $defs: { Tree: { type: 'object', properties: { child: { $ref: '#/$defs/Tree' } } } },
  });
  expect(fields.length).toBeGreaterThan(2);
  expect(fields.length).toBeLessThan(20);
});
