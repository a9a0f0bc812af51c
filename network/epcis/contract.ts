import { z } from 'zod';

/** Names of EPCIS are those of the standard, untouched: on the wire these are maps, read by event.schema.ts. */
export const EpcisDocument = z.record(z.string(), z.unknown()).meta({
  id: 'EpcisDocument',
  description:
    'A GS1 EPCIS 2.0 document in JSON: @context, type EPCISDocument, schemaVersion, creationDate, epcisBody.eventList',
});

export const EpcisQueryDocument = z.record(z.string(), z.unknown()).meta({
  id: 'EpcisQueryDocument',
  description:
    'A GS1 EPCIS 2.0 query document: epcisBody.queryResults.resultsBody.eventList, each event with eventID and recordTime',
});

export const EpcisEvent = z.record(z.string(), z.unknown()).meta({
  id: 'EpcisEvent',
  description: 'A GS1 EPCIS 2.0 event in JSON-LD, as it was sent, with its id and when it was recorded',
});

export const EpcisCaptureJob = z.record(z.string(), z.unknown()).meta({
  id: 'EpcisCaptureJob',
  description:
    'captureID, createdAt, finishedAt, running, success, captureErrorBehaviour, errors (each with instance, its place in the document), and under postroad: how many events and scans came of it',
});

export const EpcisCaptureJobs = z.array(EpcisCaptureJob).meta({ id: 'EpcisCaptureJobs' });

/** Parameters have the standard's names (`EQ_bizStep`); query.policy.ts reads them. */
export const EpcisQuery = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
