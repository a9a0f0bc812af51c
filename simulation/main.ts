import { parseArgs } from 'node:util';
import { HELP } from './help.ts';

/** Exit codes: 0 no differences, 1 differences or failures, 2 misuse. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      mode: { type: 'string', default: 'virtual' },
      seed: { type: 'string', default: '1' },
      parcels: { type: 'string' },
      days: { type: 'string' },
      outside: { type: 'string' },
      points: { type: 'string' },
      data: { type: 'string' },
      plant: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const whole = (name: string, text: string) => {
    if (!/^\d{1,9}$/.test(text)) throw new TypeError(`--${name} is a whole number, not ${text}`);
    return Number(text);
  };
  const seed = whole('seed', values.seed);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  if (values.mode === 'gentle') {
    if (values.data === undefined)
      throw new TypeError('--mode gentle needs --data: the folder of a running server');
    const ending = new AbortController();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => ending.abort());
    const { liveGently } = await import('./gentle.ts');
    return liveGently({
      dataFolder: values.data,
      seed,
      parcels: whole('parcels', values.parcels ?? '250'),
      say,
      ending: ending.signal,
    });
  }
  if (values.mode !== 'virtual' && values.mode !== 'fast')
    throw new TypeError(`--mode is virtual, fast or gentle, not ${values.mode}`);
  if (values.points !== undefined) {
    const { livePointsThrough } = await import('./points/tell.ts');
    return livePointsThrough({
      ...{ mode: values.mode, seed, points: whole('points', values.points) },
      perDay: whole('parcels', values.parcels ?? '400'),
      days: whole('days', values.days ?? '2'),
      ...{ dataFolder: values.data, plant: values.plant, json: values.json, say },
    });
  }
  const { liveThrough } = await import('./virtual.ts');
  return liveThrough({
    mode: values.mode,
    seed,
    parcels: whole('parcels', values.parcels ?? '1000'),
    days: whole('days', values.days ?? '7'),
    outside: values.outside === undefined ? undefined : whole('outside', values.outside),
    dataFolder: values.data,
    plant: values.plant,
    json: values.json,
    say,
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  const isMisuse = error instanceof TypeError;
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n${isMisuse ? `\n${HELP}` : ''}`,
  );
  process.exitCode = isMisuse ? 2 : 1;
}
