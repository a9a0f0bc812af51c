import { wallet } from '../office/wallet.tsx';

export const shell = wallet;
