export const zenith = 'reads its own format and no other';
