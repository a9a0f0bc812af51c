export {
  type ApiKeyParts,
  hashSecret,
  headOfApiKey,
  isSameSecret,
  mintApiKey,
  parseApiKey,
} from './api-key.ts';
export {
  type BlindIndex,
  type BlindIndexForm,
  createBlindIndex,
  deriveKey,
  normaliseDigits,
  normaliseText,
} from './blind-index.ts';
export {
  createKeyRing,
  type DataKey,
  type KeyRing,
  type KeyVersion,
  open,
  SealError,
  type SealFault,
  seal,
} from './envelope.ts';
export { KeyError, type KeyFault, type LoadedKey, loadOrCreateKeyFile, parseKey } from './key-file.ts';
export { hashPassword, needsRehash, verifyPassword } from './password.ts';
export { isSignedBy, type PublicJwk, thumbprintOf } from './possession.ts';
export { randomBytes, uuidv7Bytes } from './random.ts';
export { hashToken, newToken } from './token.ts';
