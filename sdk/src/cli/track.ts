import type { PostroadClient } from '../client.ts';
import { PostroadProblem } from '../problem.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output } from './output.ts';
import { wordsOf } from './standard-input.ts';
export async function track(_client: PostroadClient, _output: Output, _numbers: readonly string[], _options: { watch: boolean; every: number }): Promise<number> { void PostroadProblem; void MisuseError; void clean; void wordsOf; return EXIT.ok; }
