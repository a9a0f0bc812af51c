import type { ComponentType } from 'react';
import type { FaceId } from './faces.ts';

type Loader = () => Promise<LoadedFace>;
export type LoadedFace = {
  readonly Face: ComponentType;
  /** What the first picture is better waited for: words, and answers that are on their way. */
  readonly ready?: Promise<unknown>;
};

/** How each face comes: a chunk of its own. */
export const FACE_LOADERS: Readonly<Record<FaceId, Loader>> = {
  login: () => import('./login/face.tsx'),
  buyer: () => import('./buyer/face.tsx'),
  returns: () => import('./returns/face.tsx'),
  mailing: () => import('./mailing/face.tsx'),
  style: () => import('./style/face.tsx'),
  operations: () => import('./operations/face.tsx'),
  merchant: () => import('./merchant/face.tsx'),
  courier: () => import('./courier/face.tsx'),
  carrier: () => import('./carrier/face.tsx'),
  'point-network': () => import('./point-network/face.tsx'),
  marketplace: () => import('./marketplace/face.tsx'),
  point: () => import('./point/face.tsx'),
  warehouse: () => import('./warehouse/face.tsx'),
};
