import { expect, test } from 'vitest';
import { answerTo, problemOf } from './print-agent.ts';

test('only the answer to one’s own question counts', () => {
  expect(answerTo('a', '{"requestID":"a","status":"success"}')).toMatchObject({ status: 'success' });
  for (const text of ['{"requestID":"b"}', '{"cmd":"notifyPrintResult"}', 'null', 'no json', '[]'])
    expect(answerTo('a', text), text).toBeUndefined();
});

test('a printer that does not take a document is told with its reason', () => {
  expect(problemOf({ cmd: 'notifyPrintResult', taskStatus: 'printed' })).toBeUndefined();
  expect(problemOf({ cmd: 'print', status: 'failed', msg: 'there is no printer x' })).toBe(
    'there is no printer x',
  );
  const printStatus = [
    { documentID: '1', status: 'success', msg: '' },
    { documentID: '2', status: 'failed', msg: 'out of paper' },
  ];
  expect(problemOf({ taskStatus: 'failed', printStatus })).toBe('out of paper');
});
