import { expect, test } from 'vitest';
import { accepted, refused, refusedFor, withErrorsAt } from './outcome.ts';

test('fields of a refusal are told by their place in the whole body; all else stays', () => {
  const field = { pointer: '/sender/phone', code: 'phone_masked', message: 'hidden', suggestion: 'x' };
  expect(withErrorsAt('/order', refused('phone_masked', 'Hidden.', [field]))).toEqual(
    refused('phone_masked', 'Hidden.', [{ ...field, pointer: '/order/sender/phone' }]),
  );
  const later = refusedFor('busy', 'Later.', 3);
  expect(withErrorsAt('/order', later)).toEqual(later);
  expect(withErrorsAt('/order', accepted(1))).toEqual(accepted(1));
});
