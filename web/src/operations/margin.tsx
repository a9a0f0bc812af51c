import type { components } from '@postroad/sdk';
import { Status } from '../kit/status.tsx';
import { Money } from '../kit/values.tsx';

/** What is left of a price: a loss is marked; without a buying price nobody knows. */
export function Margin({ of }: { readonly of: components['schemas']['Money'] | undefined }) {
  if (of === undefined) return <>–</>;
  if (of.amount_minor >= 0) return <Money of={of} strong />;
  return (
    <Status tone="bad">
      <Money of={of} />
    </Status>
  );
}
