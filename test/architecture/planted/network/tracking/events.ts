export type Scanned = { readonly code: string };
