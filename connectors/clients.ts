import type { PullClient, PushReceiver } from '../network/polling/connector-contract.ts';
import { fourPxClient } from './4px/client.ts';
import { australiaPostClient } from './australia_post/client.ts';
import { cainiaoReceiver } from './cainiao/client.ts';
import { canadaPostClient } from './canada_post/client.ts';
import { chronopostClient } from './chronopost/client.ts';
import { correosClient } from './correos/client.ts';
import { dhlExpressClient } from './dhl_express/client.ts';
import { dhlUnifiedClient } from './dhl_unified/client.ts';
import { fedexClient, fedexReceiver } from './fedex/client.ts';
import { glsClient } from './gls/client.ts';
import { kdniaoClient, kdniaoReceiver } from './kdniao/client.ts';
import { kuaidi100Client, kuaidi100Receiver } from './kuaidi100/client.ts';
import { laPosteClient } from './la_poste/client.ts';
import { landmarkClient } from './landmark/client.ts';
import { relayReceiver } from './pulling/index.ts';
import { royalMailClient } from './royal_mail/client.ts';
import { sfExpressClient, sfExpressReceiver } from './sf_express/client.ts';
import { tntClient } from './tnt/client.ts';
import { upsClient, upsReceiver } from './ups/client.ts';
import { uspsClient } from './usps/client.ts';
import { yanwenClient } from './yanwen/client.ts';

/** How carriers are asked, in alphabetical order of the connector. */
export const PULL_CLIENTS: readonly PullClient[] = [
  fourPxClient,
  australiaPostClient,
  canadaPostClient,
  chronopostClient,
  correosClient,
  dhlExpressClient,
  dhlUnifiedClient,
  fedexClient,
  glsClient,
  kdniaoClient,
  kuaidi100Client,
  laPosteClient,
  landmarkClient,
  royalMailClient,
  sfExpressClient,
  tntClient,
  upsClient,
  uspsClient,
  yanwenClient,
];

/** Why a connector has no client. */
export const NOT_PULLED: Readonly<Record<string, string>> = {
  cainiao: 'the interface for partners is not public; what is read here is the answer of the public page',
  dpd: 'each country has an interface of its own under contract; none that is public answers in these formats',
};

/** Receivers whose carrier documents how its pushes are proved or answered. */
const DOCUMENTED: readonly PushReceiver[] = [
  cainiaoReceiver,
  fedexReceiver,
  kdniaoReceiver,
  kuaidi100Receiver,
  sfExpressReceiver,
  upsReceiver,
];

export function findPullClient(connector: string): PullClient | undefined {
  return PULL_CLIENTS.find((client) => client.connector === connector);
}

/** The receiver of a connector: as its carrier documents it, else through a relay that signs. */
export function pushReceiverOf(connector: string): PushReceiver {
  return DOCUMENTED.find((receiver) => receiver.connector === connector) ?? relayReceiver(connector);
}
