import { face } from '../merchant/face.tsx';

export const button = face;
