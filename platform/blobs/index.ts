export { type BlobStore, openFolderBlobStore } from './blob-store.ts';
