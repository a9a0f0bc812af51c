export { type BlobStore, type NamedKeys, openFolderBlobStore } from './blob-store.ts';
