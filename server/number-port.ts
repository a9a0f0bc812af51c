import type { Worlds } from '../network/accounts/index.ts';
import { accepted, type OrganisationId } from '../network/kernel/index.ts';
import type { Vault } from '../network/vault/index.ts';
import {
  draftLabel,
  drawLabel,
  issueWaybills,
  type NumberPort,
  readDocument,
  recordLabel,
  type WaybillPorts,
} from '../network/waybills/index.ts';

type Needs = { readonly vault: Vault; readonly waybills: WaybillPorts; readonly worlds: Worlds };

/** Numbers of the network's stock for parcels that a counter takes in, and their labels. */
export function createNumberPort({ vault, waybills, worlds }: Needs): NumberPort {
  return {
    ensure: (world, organisationId, carrierCode) =>
      waybills.issuerOf(world).ensure(organisationId, carrierCode, 1),
    issue: async (work, request) => {
      const { organisationId, orderRefs, ...parcel } = request;
      const issuer = waybills.issuerOf(worlds[work.world]);
      const context = { issuer, rules: waybills.rules, vault };
      const asked = { ...parcel, orderRefs: [...orderRefs] };
      const [issued] = await issueWaybills(work, context, organisationId, [asked]);
      if (issued === undefined) throw new Error('one waybill was asked for and none answered');
      if (!issued.ok) return issued;
      const { id: waybillId, parcelRef, number } = issued.value;
      return accepted({ waybillId, number, parcelId: parcelRef as `pcl_${string}` as never });
    },
    label: async (world, organisationId, waybillId, printedBy) => {
      const scope = { organisationId: organisationId as OrganisationId };
      const draft = await world.read(scope, (db, now) =>
        draftLabel({ db, now, world }, waybills.print, organisationId, [waybillId]),
      );
      const options = { format: 'pdf', size: '100x150mm', dpi: 203 } as const;
      const drawn = await drawLabel(world, waybills.print, draft, options);
      if (!drawn.ok) return drawn;
      const recorded = await world.command(scope, (work) => recordLabel(work, drawn.value, printedBy));
      if (!recorded.ok) return recorded;
      const read = await readDocument(waybills.print, organisationId, recorded.value);
      return read.ok ? accepted(read.value.bytes) : read;
    },
  };
}
