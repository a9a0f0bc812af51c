/** Reads bar codes from pictures in a worker of its own, so that neither the page nor its policy has to do with it. */
export type CodeReader = {
  read(picture: ImageData): Promise<readonly string[]>;
  close(): void;
};

export function openCodeReader(): CodeReader {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  let last = 0;
  const waiting = new Map<number, (codes: readonly string[]) => void>();
  worker.onmessage = ({ data }: MessageEvent<{ id: number; codes: readonly string[] }>) => {
    waiting.get(data.id)?.(data.codes);
    waiting.delete(data.id);
  };
  return {
    read: (picture) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        worker.postMessage({ id: last, picture }, [picture.data.buffer]);
      }),
    close: () => {
      worker.terminate();
      for (const resolve of waiting.values()) resolve([]);
    },
  };
}
