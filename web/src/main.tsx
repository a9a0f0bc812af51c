import './look/look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FACE_LOADERS, type LoadedFace } from './face-loaders.ts';
import { faceOf } from './faces.ts';
import { NotHere } from './not-here.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const load = FACE_LOADERS[(faceOf(location.pathname) ?? '') as keyof typeof FACE_LOADERS];
const face: LoadedFace = load === undefined ? { Face: NotHere } : await load();
// Drawn whole at once: each fallback on the way would stay for 0.3 s (React's throttle). Failures show on the screen itself.
await face.ready?.catch(() => undefined);
const Screen = face.Face;
createRoot(root).render(
  <StrictMode>
    <Screen />
  </StrictMode>,
);
