import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../ground/api.ts';
import type { Draft } from './draft.ts';
import {
  type BuyerAct,
  isOver,
  type Key,
  keepVisit,
  keptVisit,
  type Order,
  openOrder,
  portalAddress,
  type Refused,
  type Return,
  readOrder,
  type Visit,
} from './visit.ts';

/** How often it is asked again while somebody looks. Our default. */
const AGAIN_MS = 60_000;

export type Portal = {
  readonly visit: Visit | undefined;
  readonly order: Order | undefined;
  /** What the last reading failed of; what was read before stays. */
  readonly error: unknown;
  /** The time of the visit is over: what was typed waits until the buyer has begun again. */
  readonly isOver: boolean;
  readonly draft: Draft | undefined;
  setDraft(draft: Draft | undefined): void;
  open(key: Key): Promise<Refused | undefined>;
  /** Asks for something in the name of the visit; notices when that is over, and throws all the same. */
  ask<Answer>(call: (token: string) => Promise<Answer>): Promise<Answer>;
  /** A return as it is after the buyer's act. */
  put(one: Return): void;
  reload(): Promise<void>;
  leave(): void;
};

const PortalContext = createContext<Portal | undefined>(undefined);

export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (portal === undefined) throw new Error('this stands outside of the portal');
  return portal;
}

export function WithPortal({ children }: { readonly children: ReactNode }) {
  const [visit, setVisit] = useState(() => keptVisit(location.search));
  const [order, setOrder] = useState<Order>();
  const [error, setError] = useState<unknown>();
  const [over, setOver] = useState(false);
  const [draft, setDraft] = useState<Draft>();
  const token = useRef(visit?.token);
  const acts = useMemo(() => {
    const ask = async <Answer,>(call: (token: string) => Promise<Answer>): Promise<Answer> => {
      const asked = token.current ?? '';
      try {
        return await call(asked);
      } catch (failure) {
        // A late answer to the visit before says nothing of this one.
        if (isOver(failure) && asked === token.current) setOver(true);
        throw failure;
      }
    };
    const reload = async () => {
      try {
        setOrder(await ask(readOrder));
        setError(undefined);
      } catch (failure) {
        if (!isOver(failure)) setError(failure);
      }
    };
    return {
      ask,
      reload,
      setDraft,
      put: (one: Return) => {
        setOrder((before) => {
          if (before === undefined) return before;
          const others = before.returns.filter(({ id }) => id !== one.id);
          return { ...before, returns: [...others, one] };
        });
        void reload();
      },
      open: async (key: Key): Promise<Refused | undefined> => {
        const opened = await openOrder(key);
        if (typeof opened === 'string') return opened;
        token.current = opened.token;
        keepVisit(opened);
        history.replaceState(null, '', portalAddress(opened.orderNumber, opened.world) + location.hash);
        setVisit(opened);
        setOver(false);
        await reload();
        return undefined;
      },
      leave: () => {
        token.current = undefined;
        keepVisit(undefined);
        setVisit(undefined);
        setOrder(undefined);
        setDraft(undefined);
        setOver(false);
        location.hash = '';
      },
    };
  }, []);
  useEffect(() => {
    if (token.current !== undefined) void acts.reload();
  }, [acts]);
  useEffect(() => {
    if (visit === undefined || over) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void acts.reload();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [visit, over, acts]);
  const portal = useMemo(
    () => ({ visit, order, error, isOver: over, draft, ...acts }),
    [visit, order, error, over, draft, acts],
  );
  return <PortalContext value={portal}>{children}</PortalContext>;
}

/** Something that a buyer does with a return; what was refused is in `error`, what is under way in `busy`. */
export function useReturnAct<Input>(
  act: (token: string, input: Input) => Promise<Return>,
  done?: (one: Return) => void,
) {
  const { ask, put } = usePortal();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = (input: Input) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    ask((token) => act(token, input))
      .then(
        (one) => {
          put(one);
          done?.(one);
        },
        (failure: unknown) => {
          if (!isOver(failure)) setError(failure);
        },
      )
      .finally(() => setBusy(false));
  };
  return { run, busy, error };
}

export const actIn = (token: string, returnId: string, act: BuyerAct): Promise<Return> =>
  api.post('/v1/return-portal/actions', { body: { token, return_id: returnId, act } });
