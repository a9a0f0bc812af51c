import type { z } from 'zod';
import type { Instant, Outcome } from '../../network/kernel/index.ts';
import type { Queryable, Scope } from '../db/index.ts';
import type { Work, World } from '../world/index.ts';

/** Who calls. `network/accounts` makes it; this layer needs only these. */
export type CallerIdentity = {
  /** The credential: an API key or a session. */
  readonly id: string;
  readonly organisationId: string;
  readonly role: string;
  /** Who is logged in; a key has none. */
  readonly personId?: string | undefined;
};

export type Reply =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Record<string, string>;
    }
  | {
      readonly kind: 'bytes';
      readonly status: number;
      readonly contentType: string;
      readonly bytes: Uint8Array | string;
      readonly headers?: Record<string, string>;
    };

/** One event of a stream: `event` is a name of the route's `events`, `data` its body in the names of our code. */
export type StreamedEvent = { readonly event: string; readonly id?: string; readonly data: unknown };

/** A reader who gets events until one of the two ends. What is sent after that is dropped. */
export type EventStream = {
  /** Throws when the contract does not know the event. A reader who does not keep up is cut off. */
  send(event: StreamedEvent): void;
  end(): void;
  /** Whoever ended it; at once when it has ended already. */
  onClose(act: () => void): void;
};

/** The answer of a route with `events`: `open` is called when the reader is there. No transaction is open by then. */
export type StreamReply = { readonly kind: 'stream'; readonly open: (stream: EventStream) => void };

export function replyWith(status: number, body?: unknown, headers?: Record<string, string>): Reply {
  return headers === undefined ? { kind: 'json', status, body } : { kind: 'json', status, body, headers };
}

/** By lower-case name. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type Call<Caller, Params, Query, Body> = {
  readonly caller: Caller;
  readonly world: World;
  readonly now: Instant;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The organisation in whose name this runs: the resource's owner, else the caller's. */
  readonly owner: string;
  /** What the caller is to the resource: `own`, a party's part such as `carrier`, or `any` for the network's staff. */
  readonly relation: string;
  readonly requestId: string;
  /** Address of the peer; only for limits, never stored. */
  readonly remoteAddress: string;
  readonly headers: Headers;
};

export type ReadCall<Caller, Params, Query, Body> = Call<Caller, Params, Query, Body> & {
  readonly db: Queryable;
  /** Goes on in another scope of row-level security, e.g. for reference knowledge of the network. */
  actFor(scope: Scope): Promise<void>;
};
export type WriteCall<Caller, Params, Query, Body, Prepared> = Call<Caller, Params, Query, Body> & {
  readonly db: Queryable;
  readonly work: Work;
  readonly prepared: Prepared;
};

export type Answers = Readonly<
  Record<number, { readonly description: string; readonly body?: z.ZodType; readonly contentType?: string }>
>;

type RequestHeaders = {
  /** What each is for, by its name as openapi.json shows it. */
  readonly told: Readonly<Record<string, string>>;
  /** Whether what they ask for can be done. */
  check(headers: Headers): Outcome<undefined>;
};

type Shared<Params, Query, Body> = {
  /** Name in openapi.json and row in the access table. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/shipments/:shipment_id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Content types other than JSON; the body then reaches the handler as bytes (`Uint8Array`). */
  readonly consumes?: readonly string[];
  readonly bodyLimitBytes?: number;
  readonly answers: Answers;
  /** Codes of the error catalogue that this route may answer besides those that every route may. */
  readonly refusals?: readonly string[];
  /** `type` of the problem details by code, where a standard that the route follows names it. */
  readonly problemTypes?: Readonly<Record<string, string>>;
  /** Headers that the route reads, looked at before anything is done. */
  readonly requestHeaders?: RequestHeaders;
  /** Public routes: the world of a caller without credentials, read from raw parameters and body; live when absent. */
  worldOf?(raw: { readonly params: unknown; readonly body: Uint8Array }): 'live' | 'test';
  /** The path parameter whose relation to the caller is checked before the handler runs, and its kind. */
  readonly resource?: { readonly kind: string; readonly param: keyof Params & string };
};

export type ReadRoute<Caller, Params, Query, Body> = Shared<Params, Query, Body> & {
  readonly effect: 'read';
  readonly lookUp?: undefined;
  handle(call: ReadCall<Caller, Params, Query, Body>): Promise<Outcome<Reply>>;
};

/**
 * How one thing is answered by its id alone. Those who ask at the same time share the statements of `find`; whether a
 * caller may see what was found is judged for each alone, and before anything is made of it.
 */
export type LookUp<Caller, Found> = {
  /**
   * In the name of those who ask, and in one snapshot. Tells each by its id as soon as it is found, so that it is answered
   * while the others are looked for; what is not there by the end is not told.
   */
  find(db: Queryable, ids: readonly string[], tell: (id: string, found: Found) => void): Promise<void>;
  /** What the caller is to it. */
  relations(found: Found, caller: Caller): readonly string[];
  answer(found: Found): Reply;
};

/** A read that does nothing but look up the thing that its address names. */
export type LookUpRoute<Caller, Params, Found> = Shared<Params, undefined, undefined> & {
  readonly effect: 'read';
  readonly resource: { readonly kind: string; readonly param: keyof Params & string };
  readonly lookUp: LookUp<Caller, Found>;
};

/** What a route needs of the database before its work begins: read in the snapshot of the access check, as the owner. */
type Loading<Caller, Params, Query, Body, Loaded> = {
  load?(call: ReadCall<Caller, Params, Query, Body>): Promise<Loaded>;
};

export type WriteRoute<Caller, Params, Query, Body, Prepared, Loaded = undefined> = Shared<
  Params,
  Query,
  Body
> &
  Loading<Caller, Params, Query, Body, Loaded> & {
    readonly effect: 'write';
    /** What must not happen inside a transaction (rendering, calls abroad). Runs after the access check and `load`. */
    prepare?(
      call: Call<Caller, Params, Query, Body> & { readonly loaded: Loaded },
    ): Promise<Outcome<Prepared>>;
    /** The answer shows a secret: an idempotent repetition is refused instead of answered from a store. */
    readonly answersSecret?: boolean;
    /**
     * Members, in the names of the wire, that go out with the answer but are not kept with it for a repetition: a
     * document with personal data, which lies sealed elsewhere. A repetition has nothing prepared and asks again, with
     * what was kept; the contract has them as optional, for what is gone by then.
     */
    enclose?(
      call: Call<Caller, Params, Query, Body>,
      answered:
        | { readonly isRepeated: false; readonly prepared: Prepared }
        | { readonly isRepeated: true; readonly kept: unknown },
    ): Promise<Readonly<Record<string, string>>>;
    handle(call: WriteCall<Caller, Params, Query, Body, Prepared>): Promise<Outcome<Reply>>;
  };

/** For a route that opens its own transactions: the effect is told where other commands tell it by themselves. */
export type Noting = {
  /**
   * Tells that the effect happened (the audit writes it down), in the transaction that makes it and as its last step:
   * it goes on in the network's scope. `answer` names the thing as an answer would.
   */
  note(work: Work, answer?: unknown): Promise<void>;
};

/** Opens its own transactions through `call.world` (bulk intake) or needs none. No idempotency keys. */
export type OpenRoute<Caller, Params, Query, Body, Loaded = undefined> = Shared<Params, Query, Body> &
  Loading<Caller, Params, Query, Body, Loaded> & {
    readonly effect: 'own';
    /**
     * Of a large body: the handler gets its pieces as they come (`AsyncIterable<Uint8Array>`), and is called before they are
     * there. Reading them throws when the body breaks off or is longer than `bodyLimitBytes`; the answer is then made of that.
     */
    readonly streamsBody?: true;
    /** Only of a route that answers with server-sent events: each name with what it carries. */
    readonly events?: Readonly<Record<string, z.ZodType>>;
    handle(
      call: Call<Caller, Params, Query, Body> & Noting & { readonly loaded: Loaded },
    ): Promise<Outcome<Reply | StreamReply>>;
  };

// biome-ignore-start lint/suspicious/noExplicitAny: a list of routes holds many shapes; each was checked where it was made
export type Route =
  | ReadRoute<any, any, any, any>
  | LookUpRoute<any, any, any>
  | WriteRoute<any, any, any, any, any, any>
  | OpenRoute<any, any, any, any, any>;
// biome-ignore-end lint/suspicious/noExplicitAny: see above
