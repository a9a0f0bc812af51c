import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { cx } from './class-names.ts';

type OverlayProps = {
  readonly title: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly children: ReactNode;
};

const SCRIM = 'fixed inset-0 z-40 bg-[rgb(10_14_16/0.45)]';

/** Asks something and holds the rest of the page meanwhile. Escape and the scrim close it. */
export function Dialog(props: OverlayProps & { readonly wide?: boolean }) {
  return (
    <Overlay
      {...props}
      className={cx(
        'fixed inset-x-3 top-[8dvh] z-50 mx-auto max-h-[84dvh] overflow-auto rounded-lg border border-line bg-card p-5 shadow-float',
        props.wide ? 'max-w-3xl' : 'max-w-lg',
      )}
    />
  );
}

/** Comes from the side: details of a row, the menu of a phone. */
export function Drawer(props: OverlayProps & { readonly side?: 'left' | 'right' }) {
  return (
    <Overlay
      {...props}
      className={cx(
        'fixed inset-y-0 z-50 w-[min(30rem,calc(100vw-2.5rem))] overflow-auto border-line bg-card p-5 shadow-float',
        props.side === 'left' ? 'left-0 border-r' : 'right-0 border-l',
      )}
    />
  );
}

function Overlay({
  title,
  open,
  onOpen,
  children,
  className,
}: OverlayProps & { readonly className: string }) {
  const t = useWords(KIT_WORDS);
  return (
    <Radix.Root open={open} onOpenChange={onOpen}>
      <Radix.Portal>
        <Radix.Overlay className={SCRIM} />
        <Radix.Content className={className} aria-describedby={undefined}>
          <div className="mb-3 flex items-start justify-between gap-3">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label={t('action.close')}
              className="-m-1 grid size-8 cursor-pointer place-items-center rounded-md hover:bg-sunk pointer-coarse:size-11"
            >
              <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                <path d="m1 1 10 10M11 1 1 11" stroke="currentColor" strokeWidth="1.6" />
              </svg>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
