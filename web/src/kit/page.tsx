import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { CopyCurl } from './copy.tsx';

/** The head and body of a screen: its one h1, what can be done, and "copy as curl". */
export function Page({
  title,
  lead,
  actions,
  children,
  noCurl,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly noCurl?: boolean;
}) {
  useEffect(() => {
    document.title = `${title} · Postroad`;
  }, [title]);
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {lead && <div className="mt-0.5 text-soft">{lead}</div>}
        </div>
        <div className="screen-only flex flex-wrap items-center gap-2">
          {!noCurl && <CopyCurl />}
          {actions}
        </div>
      </div>
      {children}
    </>
  );
}

/** A sheet of paper on the ground. */
export function Card({
  title,
  actions,
  children,
}: {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="mb-4 rounded-lg border border-line bg-card p-4 sm:p-5 print:border-0 print:p-0">
      {(title || actions) && (
        <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
          {title && <h2 className="min-w-0 text-lg font-semibold wrap-anywhere">{title}</h2>}
          {actions && <div className="screen-only flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
