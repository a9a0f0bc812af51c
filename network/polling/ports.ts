import type { KeyRing } from '../../platform/crypto/index.ts';
import { findCarrier } from '../carriers/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import type { ReadPayload, Reporter } from '../tracking/index.ts';
import type { Served } from './claim-store.ts';
import type { PullClient, PushReceiver } from './connector-contract.ts';

/** What the program lends to this room: what `connectors/` knows, and keys. */
export type PollingPorts = {
  readonly keys: KeyRing;
  /** Development and tests: carriers on this machine. Never on a server that strangers use. */
  readonly allowLoopback: boolean;
  /** Codes of all formats that are one carrier's or aggregator's. */
  readonly connectors: readonly string[];
  readonly clients: readonly PullClient[];
  /** Undefined when there is no such connector. */
  readonly receiverOf: (connector: string) => PushReceiver | undefined;
  readonly readPayload: ReadPayload;
};

export const clientOf = (
  { clients }: Pick<PollingPorts, 'clients'>,
  connector: string,
): PullClient | undefined => clients.find((client) => client.connector === connector);

export const servedBy = ({ clients }: Pick<PollingPorts, 'clients'>): readonly Served[] =>
  clients.map(({ connector, carriers }) => ({ connector, carriers }));

/** As whom the scans of a connector are taken in: its carrier, or the connector itself where the registry has none. */
export function reporterOfConnector(connector: string, organisationId: OrganisationId): Reporter {
  return { kind: 'carrier', organisationId, carrierCode: findCarrier(connector)?.code ?? connector };
}
