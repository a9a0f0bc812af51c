/** The browser's offer to install the face, kept until somebody wants it. Chromium alone makes one. */
export type InstallOffer = Event & { prompt(): Promise<unknown> };

let offer: InstallOffer | undefined;
const listeners = new Set<() => void>();

globalThis.addEventListener?.('beforeinstallprompt', (event) => {
  event.preventDefault();
  offer = event as InstallOffer;
  for (const listener of listeners) listener();
});

export const installOffer = (): InstallOffer | undefined => offer;

export function onInstallOffer(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The service worker that opens the face without a network. Only on secure addresses; elsewhere one needs a network. */
export function installWorker(scope: string): void {
  if (!('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.register('/field-worker.js', { scope }).catch(() => undefined);
  // The browser shall not throw away what is not sent yet when the disk is full.
  void navigator.storage?.persist?.().catch(() => undefined);
}
