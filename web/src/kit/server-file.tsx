import type { QueryKey } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { blobOf, type Load, openFile, saveFile } from '../ground/files.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { Failure } from './states.tsx';

/** A file of the server: opened in a window, or saved under `saveAs`. */
export function ServerFile({
  load,
  saveAs,
  children,
}: {
  readonly load: Load;
  readonly saveAs?: string;
  readonly children: ReactNode;
}) {
  const act = useAct(async () => {
    if (saveAs === undefined) await openFile(load);
    else saveFile(await blobOf(load), saveAs);
  });
  return (
    <span className="grid justify-items-start gap-2">
      <Button size="small" busy={act.isPending} onClick={() => act.mutate(undefined)}>
        {children}
      </Button>
      {act.error && <Failure error={act.error} />}
    </span>
  );
}

/** A picture of the server. `name`: what it is kept by while somebody looks. */
export function ServerPicture({
  name,
  load,
  alt,
}: {
  readonly name: QueryKey;
  readonly load: Load;
  readonly alt: string;
}) {
  const picture = useRead(['picture', ...name], () => blobOf(load));
  const [address, setAddress] = useState<string>();
  const { data } = picture;
  useEffect(() => {
    if (data === undefined) return;
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  if (picture.error) return <Failure error={picture.error} />;
  return (
    <img
      className={cx(
        'max-h-56 min-h-16 rounded-md bg-sunk object-contain',
        address === undefined && 'min-w-16',
      )}
      src={address}
      alt={alt}
      aria-busy={address === undefined}
    />
  );
}
