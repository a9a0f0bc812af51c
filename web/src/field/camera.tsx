import { useEffect, useRef, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Notice } from '../kit/status.tsx';
import { type CodeReader, openCodeReader } from './code-reader.ts';
import { FIELD_WORDS } from './words.ts';

type Trouble = 'scan.no_camera' | 'scan.insecure';
/** The same code in the picture still is not scanned again. */
const SAME_CODE_MS = 2_500;
const PAUSE_MS = 120;

/** The camera's picture; each code that comes into it is answered once. */
export function Camera({ onCode }: { readonly onCode: (code: string) => void }) {
  const t = useWords(FIELD_WORDS);
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onCode);
  latest.current = onCode;
  const [isOn, setOn] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  useEffect(() => {
    const ending = new AbortController();
    void watch(video.current, ending.signal, {
      onStart: () => setOn(true),
      onCode: (code) => latest.current(code),
    }).catch(() => {
      if (!ending.signal.aborted) setTrouble(isSecureContext ? 'scan.no_camera' : 'scan.insecure');
    });
    return () => ending.abort();
  }, []);
  if (trouble !== undefined) return <Notice tone="warn">{t(trouble)}</Notice>;
  return (
    <div className="grid gap-2">
      <div className="relative overflow-hidden rounded-lg bg-sunk">
        <video ref={video} playsInline muted className="block aspect-4/3 w-full object-cover" />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-[18%_8%] rounded-lg border-3 border-accent"
        />
      </div>
      <p role="status" className="text-center text-soft">
        {isOn ? t('scan.camera_hint') : t('scan.starting')}
      </p>
    </div>
  );
}

async function watch(
  video: HTMLVideoElement | null,
  signal: AbortSignal,
  tell: { readonly onStart: () => void; readonly onCode: (code: string) => void },
): Promise<void> {
  if (video === null) return;
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } },
    audio: false,
  });
  const reader = openCodeReader();
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    reader.close();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) return stop();
  video.srcObject = stream;
  await video.play();
  tell.onStart();
  await readFrames(video, reader, signal, tell.onCode);
}

async function readFrames(
  video: HTMLVideoElement,
  reader: CodeReader,
  signal: AbortSignal,
  onCode: (code: string) => void,
): Promise<void> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const seen = new Map<string, number>();
  while (!signal.aborted && context !== null) {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    if (canvas.width > 0) {
      context.drawImage(video, 0, 0);
      for (const code of await reader.read(context.getImageData(0, 0, canvas.width, canvas.height))) {
        const isNew = performance.now() - (seen.get(code) ?? Number.NEGATIVE_INFINITY) > SAME_CODE_MS;
        seen.set(code, performance.now());
        if (isNew && !signal.aborted) onCode(code);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
