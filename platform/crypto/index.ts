export { type ApiKeyParts, hashSecret, isSameSecret, mintApiKey, parseApiKey } from './api-key.ts';
export { randomBytes, uuidv7Bytes } from './random.ts';
