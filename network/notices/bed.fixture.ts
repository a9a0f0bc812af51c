import { createOutbound, type Outbound } from '../../platform/outbound/index.ts';
import { type Receiver, startReceiver } from '../../platform/outbound/receiver.fixture.ts';
import { startRelay } from '../../platform/outbox/index.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, addMs, type CountryCode, instant } from '../kernel/index.ts';
import { startDeliverer } from './deliverer.ts';

export type Merchant = { readonly id: string; readonly client: Client };
export type Created = { endpoint: { id: string; cursor: string; state: string }; secret: string };

/** A test world with a standing clock, whose relay and deliverer run only when told. */
export type NoticesBed = {
  readonly network: TestNetwork;
  merchant(name?: string): Promise<Merchant>;
  receiver(...args: Parameters<typeof startReceiver>): Promise<Receiver>;
  endpoint(merchant: Merchant, url: string, more?: object): Promise<Created>;
  /** One published event of a subject; answers nothing, as its id is made on the way. */
  emit(audience: readonly string[], subject: string, sequence: number, more?: object): Promise<void>;
  /** Fills the feeds. */
  relay(): Promise<void>;
  /** Fills the feeds and sends what is due. */
  deliver(outbound?: Pick<Outbound, 'post'>): Promise<void>;
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
};

export const TIMEOUT_MS = 400;
const START = instant('2026-03-01T12:00:00Z');

export async function startNoticesBed(): Promise<NoticesBed> {
  const network = await startTestNetwork({ role: 'api', webhookLoopback: true });
  const { postroad } = network;
  const world = postroad.worlds.test;
  const clock = postroad.ports.testClock;
  await clock.set({ at: START, running: false });
  const receivers: Receiver[] = [];
  const failures: unknown[] = [];
  const outboundOfTests = createOutbound({ allowLoopback: true, timeoutMs: TIMEOUT_MS });
  const reactions = postroad.modules
    .flatMap((module) => module.reactions ?? [])
    .filter(({ name }) => name === 'notices.feed');

  const relay = async () => {
    const running = startRelay(world, reactions, (_name, error) => failures.push(error));
    await running.idle();
    await running.stop();
    if (failures.length > 0) throw failures[0];
  };
  return {
    network,
    merchant: (name = 'M') =>
      network.open({ kind: 'merchant', name, country: 'DE' as CountryCode }, 'merchant_admin', 'test'),
    receiver: async (...args) => {
      const started = await startReceiver(...args);
      receivers.push(started);
      return started;
    },
    endpoint: async (merchant, url, more = {}) => {
      const answer = await merchant.client.post<Created>('/v1/webhook-endpoints', { url, ...more });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
    emit: async (audience, subject, sequence, more = {}) => {
      await world.command('network', async (work) => {
        work.emit({
          type: 'ArrearsBegan',
          group: { organisationId: audience[0] ?? 'org_00000000000000000000000000' },
          subjectId: subject,
          subjectSequence: sequence,
          audience,
          payload: { organisationId: audience[0] ?? '', walletId: subject, currency: 'EUR', ...more },
        });
        return accepted(undefined);
      });
    },
    relay,
    deliver: async (outbound: Pick<Outbound, 'post'> = outboundOfTests) => {
      await relay();
      const deliverer = startDeliverer(world, { keys: postroad.ports.keyRing, outbound }, (error) =>
        failures.push(error),
      );
      await deliverer.idle();
      await deliverer.stop();
      await relay();
    },
    advance: async (ms) => {
      if (!(await clock.set({ at: addMs(clock.now(), ms), running: false }))) throw new Error('clock');
    },
    stop: async () => {
      await network.stop();
      for (const one of receivers) await one.close();
    },
  };
}
