import type { RelationFinder } from '../accounts/index.ts';
import { worksAt } from '../points/index.ts';
import { findShelfParcel } from './store.ts';

/** `own`: works at the counter where it lies. `client`: announced it, or is the platform that it was announced for. */
export const shelfRelations: Readonly<Record<string, RelationFinder>> = {
  shelf_parcel: async (db, id, caller) => {
    const parcel = await findShelfParcel(db, id);
    if (parcel === undefined) return undefined;
    const { organisationId } = caller;
    return {
      owner: parcel.organisationId,
      relations: [
        ...((await worksAt(db, caller, parcel.pointId)) ? ['own'] : []),
        ...(parcel.announcedBy === organisationId || parcel.clientPlatformId === organisationId
          ? ['client']
          : []),
      ],
    };
  },
};
