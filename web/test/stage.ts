import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostroadClient, type PostroadClient } from '@postroad/sdk';
import { bringUpDemo } from '../../server/demo.ts';
import { type DemoLogIn, type DemoPrincipal, readDemoFile } from '../../server/demo-file.ts';
import { webFolder } from '../../server/web-build.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { ROOT } from '../../test/setup/template.ts';

/** A whole server with the built faces and the demo's parties, and what the tests need to know of it. */
export type Stage = {
  readonly network: TestNetwork;
  readonly baseUrl: string;
  readonly people: readonly DemoLogIn[];
  readonly principals: readonly DemoPrincipal[];
  /** Ids that addresses of screens name: `{shipment}`. */
  readonly facts: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

/** Makes something that screens show, through the public API alone; answers the ids it made by name. */
export type Scene = (stage: Omit<Stage, 'facts' | 'stop'>) => Promise<Readonly<Record<string, string>>>;

/** A program with the demo's key of a role of an organisation, by its slug (server/demo-plan.ts). */
export function keyHolder(
  { baseUrl, principals }: Pick<Stage, 'baseUrl' | 'principals'>,
  world: 'live' | 'test',
  role: string,
  organisation: string,
): PostroadClient {
  const found = principals.find(
    (one) => one.world === world && one.role === role && one.organisation === organisation,
  );
  if (found === undefined) throw new Error(`the demo has no ${role} of ${organisation}`);
  return createPostroadClient({ baseUrl, key: found.key });
}

export async function startStage(scenes: readonly Scene[]): Promise<Stage> {
  const network = await startTestNetwork({ webhookLoopback: true }, { webFolder: webFolder(ROOT) });
  const dataFolder = await mkdtemp(join(tmpdir(), 'postroad-stage-'));
  const { worlds } = network.postroad;
  await bringUpDemo({ baseUrl: network.baseUrl, worlds, dataFolder });
  const { principals, logIns } = await readDemoFile(dataFolder);
  const set = { network, baseUrl: network.baseUrl, people: logIns, principals };
  const facts: Record<string, string> = {};
  for (const scene of scenes) Object.assign(facts, await scene(set));
  await network.settle();
  return {
    ...set,
    facts,
    stop: async () => {
      await network.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
