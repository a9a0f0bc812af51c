import { describe, expect, it } from 'vitest';
import { createLog, createMetrics, errorFields, type LogFields } from './index.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog({ level: 'info', write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

describe('a log line', () => {
  it('holds the listed fields and no other', () => {
    const fields = {
      operation: 'readMe',
      status: 200,
      email: 'ann@example.org',
      body: { name: 'Ann' },
    } as LogFields;
    const [line] = logged((log) => log.info('request', fields));
    expect(line).toMatchObject({ event: 'request', operation: 'readMe', status: 200 });
    expect(Object.keys(line ?? {}).sort()).toEqual(['event', 'level', 'operation', 'status', 'time']);
  });

  it('cuts long text', () => {
    const [line] = logged((log) => log.warn('x', { detail: 'y'.repeat(1000) }));
    expect(String(line?.detail)).toHaveLength(300);
  });

  it('tells of an error its class, code and places, never its message', () => {
    const error = Object.assign(new RangeError('Ann lives here\n    at Secret Street 5'), { code: '23505' });
    const [line] = logged((log) => log.error('failed', errorFields(error)));
    expect(line).toMatchObject({ errorName: 'RangeError', errorCode: '23505' });
    expect(JSON.stringify(line)).not.toMatch(/Ann|Secret/);
    expect(String(line?.errorStack)).toContain('telemetry.test.ts');
    expect(String(line?.errorStack)).not.toContain('file://');
  });

  it('takes a code only when it looks like one, and anything that was thrown', () => {
    expect(errorFields(Object.assign(new Error('x'), { code: 'Ann Smith, 5' })).errorCode).toBeUndefined();
    expect(errorFields('text')).toEqual({ errorName: 'string' });
    expect(errorFields(undefined)).toEqual({ errorName: 'undefined' });
  });
});

describe('metrics', () => {
  it('are counted by operation and status', async () => {
    const metrics = createMetrics();
    metrics.requests.inc({ operation: 'readMe', status: '200' });
    metrics.requestSeconds.observe({ operation: 'readMe' }, 0.003);
    metrics.jobs.set({ world: 'live', state: 'dead' }, 2);
    const text = await metrics.registry.metrics();
    expect(text).toContain('http_requests_total{operation="readMe",status="200"} 1');
    expect(text).toContain('http_request_seconds_bucket{le="0.005",operation="readMe"} 1');
    expect(text).toContain('jobs{world="live",state="dead"} 2');
    expect(text).toMatch(/process_resident_memory_bytes \d{7,}/);
  });

  it('of two programs in one process are apart', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.failures.inc({ place: 'x' });
    expect(await other.registry.metrics()).not.toContain('place="x"');
  });
});
