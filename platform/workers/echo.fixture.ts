import { setTimeout as sleep } from 'node:timers/promises';
import { serveJobs } from './serve.ts';

/** A thread for the pool's own tests: does what the job says. */
export type EchoJob =
  | { readonly do: 'echo'; readonly text: string }
  | { readonly do: 'throw' | 'exit' | 'hang' | 'env' }
  | { readonly do: 'sleep'; readonly ms: number };

serveJobs(async (job: EchoJob): Promise<string> => {
  switch (job.do) {
    case 'echo':
      return job.text;
    case 'throw':
      throw new Error('the handler threw');
    case 'exit':
      process.exit(7);
      break;
    case 'hang':
      for (;;);
    case 'env':
      return Object.keys(process.env).join(',');
    case 'sleep':
      await sleep(job.ms);
      return `slept ${job.ms}`;
  }
  return '';
});
