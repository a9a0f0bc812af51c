import { serveJobs } from '../../platform/workers/index.ts';
import { answerPlace } from './place-answer.ts';

/** The thread that knows the places: reading those of a country would hold the event loop. */
serveJobs(answerPlace);
