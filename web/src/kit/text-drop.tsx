import { textOfFile } from '@postroad/sdk';
import { useState } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { FileDrop } from './file-drop.tsx';
import { Notice } from './status.tsx';

/** A file of text, by choice or by dropping it. One in an encoding that would lose letters is not taken. */
export function TextDrop({
  label,
  accept,
  onText,
}: {
  readonly label: string;
  readonly accept: string;
  readonly onText: (text: string) => void;
}) {
  const t = useWords(KIT_WORDS);
  const [refused, setRefused] = useState<string>();
  const take = async (file: File) => {
    const text = textOfFile(new Uint8Array(await file.arrayBuffer()));
    setRefused(text === undefined ? file.name : undefined);
    if (text !== undefined) onText(text);
  };
  return (
    <>
      <FileDrop label={label} accept={accept} onFile={(file) => void take(file)} />
      {refused !== undefined && <Notice tone="bad">{t('file.encoding', { name: refused })}</Notice>}
    </>
  );
}
