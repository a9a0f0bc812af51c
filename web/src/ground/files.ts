/**
 * Files of the server come through the client, which proves the device that somebody is logged in on; an address that the
 * browser opens by itself (`href`, `src`) carries no proof and would be refused. `api.get(..., { parseAs: 'blob' })` gives
 * the answer's own media type.
 */
export type Load = () => Promise<unknown>;

/** So long a browser may take to begin with a file. */
const KEPT_MS = 60_000;
/** What a browser shows; everything else is saved, so that nothing that came from somewhere runs as a page of ours. */
const SHOWN = /^(application\/pdf|image\/(png|jpeg))\b/;

export async function blobOf(load: Load): Promise<Blob> {
  const loaded = await load();
  if (!(loaded instanceof Blob)) throw new Error('a file was read as something else');
  return loaded;
}

/** Shows a document or picture in a window of its own, which also prints it. */
export async function openFile(load: Load): Promise<void> {
  // Opened at once: a browser takes a window that comes later for an advertisement.
  const page = window.open('', '_blank');
  try {
    const blob = await blobOf(load);
    if (!SHOWN.test(blob.type)) throw new Error(`a window does not show ${blob.type}`);
    const url = URL.createObjectURL(blob);
    if (page === null) location.assign(url);
    else page.location.href = url;
    setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
  } catch (error) {
    page?.close();
    throw error;
  }
}

/** Gives a file to the reader under a name. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
