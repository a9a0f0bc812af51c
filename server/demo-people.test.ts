import { expect, test } from 'vitest';
import { emailFor } from './demo-people.ts';

test('people of the demo have addresses that one can type, and none that is taken', () => {
  expect(emailFor('merchant_admin', new Set())).toBe('merchant-admin@demo.example');
  const taken = new Set(['finance@demo.example', 'finance-2@demo.example', 'auditor@demo.example']);
  expect(emailFor('finance', taken)).toBe('finance-3@demo.example');
});
