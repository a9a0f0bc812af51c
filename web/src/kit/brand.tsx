/** The milestone of the road, and whose face this is. */
export function Brand({ name }: { readonly name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" className="shrink-0 text-accent">
        <path d="M6 30V13a10 10 0 0 1 20 0v17z" fill="currentColor" />
        <path d="M16 8v4m0 4v4m0 4v6" stroke="var(--card)" strokeWidth="3" />
      </svg>
      <span className="grid min-w-0 leading-tight">
        <span className="font-semibold tracking-tight">Postroad</span>
        <span className="truncate text-xs text-soft">{name}</span>
      </span>
    </span>
  );
}
