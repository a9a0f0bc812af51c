/** Twins come through the outbox, usually within a second. */
const LOOKS = 50;
const LOOK_MS = 100;

export type TwinWait = {
  /** Organisations that are in the test world now. */
  readonly here: () => Promise<ReadonlySet<string>>;
  readonly liveIds: ReadonlySet<string>;
  /**
   * The test world has organisations of the demo already. In a folder of before twins they never get any; otherwise
   * to go on without them would open each organisation twice.
   */
  readonly isKnown: boolean;
  readonly say: (line: string) => void;
  readonly pause?: (ms: number) => Promise<void>;
};

/**
 * Waits until every organisation of the live world has its twin. A server of the role `api` makes none itself: then it
 * says so once and waits for its worker.
 */
export async function waitForTwins(wait: TwinWait): Promise<void> {
  const { pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) } = wait;
  for (let look = 1; ; look += 1) {
    const here = await wait.here();
    if ([...wait.liveIds].every((id) => here.has(id))) return;
    if (look === LOOKS) {
      if (wait.isKnown) return;
      wait.say('  Demo       waits for a worker to open the test world: start one beside this server');
    }
    await pause(LOOK_MS);
  }
}
