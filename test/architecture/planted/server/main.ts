import { client } from '../sdk/src/client.ts';

export const server = client;
