import './look/look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FACE_LOADERS } from './face-loaders.ts';
import { faceOf } from './faces.ts';
import { NotHere } from './not-here.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const load = FACE_LOADERS[(faceOf(location.pathname) ?? '') as keyof typeof FACE_LOADERS];
const Screen = load === undefined ? NotHere : (await load()).Face;
createRoot(root).render(
  <StrictMode>
    <Screen />
  </StrictMode>,
);
