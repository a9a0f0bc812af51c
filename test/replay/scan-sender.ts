import type { Caller } from './caller.ts';

export type ScanSender = {
  /** Resolves with the scan's id when the server has acknowledged it. Throws when it refuses it. */
  send(scan: Record<string, unknown>): Promise<string>;
};
type Receipt = { readonly result: string; readonly scan_id?: string; readonly message?: string };
type Open = { readonly scan: Record<string, unknown>; accept(id: string): void; fail(error: Error): void };

/** How long a scan waits for others to travel with, and how many travel together. */
const GATHER_MS = 15;
const BATCH = 500;

/** Gathers scans of all parcels into batches. A batch that broke off is sent again: the same scan is one scan. */
export function createScanSender(carrier: Caller): ScanSender {
  const open: Open[] = [];
  let isDue = false;
  let batches = 0;
  const flush = async () => {
    isDue = open.length > BATCH;
    const batch = open.splice(0, BATCH);
    if (isDue) setTimeout(flush, 0);
    batches += 1;
    try {
      const body = { scans: batch.map((one) => one.scan) };
      const answer = await carrier.post<{ data: Receipt[] }>('/v1/scans', body, `scans-${batches}`);
      for (const [index, one] of batch.entries()) {
        const receipt = answer.data[index];
        if (receipt?.scan_id !== undefined && receipt.result !== 'refused') one.accept(receipt.scan_id);
        else one.fail(new Error(`a scan was refused: ${JSON.stringify(receipt)}`));
      }
    } catch (error) {
      for (const one of batch) one.fail(error as Error);
    }
  };
  return {
    send: (scan) =>
      new Promise((accept, fail) => {
        open.push({ scan, accept, fail });
        if (!isDue) setTimeout(flush, GATHER_MS);
        isDue = true;
      }),
  };
}
