/**
 * The face of this room for `connectors/`: how a carrier is asked and how its pushes are checked, as pure
 * descriptions. Whoever asks, waits, keeps tokens and counts is this room.
 */

/** What a credential of a carrier consists of, by the names of the carrier's documentation. */
export type CredentialFields = Readonly<Record<string, string>>;
export type CredentialField = {
  readonly name: string;
  /** What the carrier calls it. */
  readonly about: string;
};

/** `carrierCode`: whose number it is, by the registry; an aggregator must be told. */
export type PulledNumber = { readonly number: string; readonly carrierCode: string };

/** One HTTP request below the base address of the client. `path` begins with `/` and may have a query. */
export type PullRequest = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** What a request may depend on besides its numbers. `nonce`: random, new for each request. */
export type RequestFacts = {
  readonly fields: CredentialFields;
  readonly nowMs: number;
  readonly nonce: string;
  /** Of `token`, where the client has one. */
  readonly token: string;
};

/** OAuth 2.0 client credentials (RFC 6749, section 4.4): a token that is fetched, kept and renewed. */
export type TokenGrant = {
  request(facts: Omit<RequestFacts, 'token'>): PullRequest;
  /** Undefined when the answer holds none. */
  read(answer: string): { readonly token: string; readonly expiresInMs: number } | undefined;
};

/** At most `requests` in `perMs`, spread evenly, with `burst` of them at once after a quiet time. */
export type RequestRate = { readonly requests: number; readonly perMs: number; readonly burst: number };

export type PullClient = {
  readonly connector: string;
  /** The carrier's document that it follows. */
  readonly source: string;
  /** https address of the carrier; never a credential's. */
  readonly baseUrl: string;
  readonly fields: readonly CredentialField[];
  readonly token?: TokenGrant;
  /** Numbers that one request may ask for. */
  readonly batchSize: number;
  /** What a new credential of the carrier may ask; `rateSource` names the document or says that it is our default. */
  readonly rate: RequestRate;
  readonly rateSource: string;
  /** Whose numbers can be asked for, by codes of the registry or, where it has none, of the connector. */
  readonly carriers: readonly string[];
  request(numbers: readonly PulledNumber[], facts: RequestFacts): PullRequest;
  /** The path of the page behind this answer; undefined at the last one. */
  nextPath?(answer: string): string | undefined;
};

/** A push as it arrived: header names in lower case, the body byte for byte. */
export type Push = {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
};

/** `unsigned`: it carries no proof; `forged`: a wrong one; `too_old`: a right one whose signed time has passed. */
export type PushVerdict = 'genuine' | 'unsigned' | 'forged' | 'too_old';

export type PushReceiver = {
  readonly connector: string;
  /** The carrier's document that it follows. */
  readonly source: string;
  readonly fields: readonly CredentialField[];
  /** In constant time for a proof of the right length. Throws nothing. */
  verify(push: Push, fields: CredentialFields, nowMs: number): PushVerdict;
  /** The payload inside the envelope of the push, where it has one; undefined when there is none. */
  unwrap?(push: Push): { readonly payload: Uint8Array; readonly contentType: string } | undefined;
  /** What the carrier wants to hear, else it sends again. */
  acknowledge(facts: { readonly fields: CredentialFields; readonly nowMs: number }): {
    readonly contentType: string;
    readonly body: string;
  };
};
