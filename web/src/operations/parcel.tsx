import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { CarrierName } from '../parcels/carrier-name.tsx';
import { Place } from '../parcels/place.tsx';
import { ReportsOfParcel } from '../parcels/reports.tsx';
import { ParcelTimeline } from '../parcels/shipment-timeline.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { OPERATIONS_WORDS } from './words.ts';

/** A parcel by itself: scans may come before anybody has announced it. */
export function ParcelScreen({ id }: { readonly id: string }) {
  const t = useWords(OPERATIONS_WORDS);
  const { promised } = useFormats();
  const found = useRead(['timeline', id], (signal) =>
    api.get('/v1/parcels/{parcel_id}/timeline', { params: { path: { parcel_id: id } }, signal }),
  );
  return (
    <Page title={found.data?.parcel.number ?? t('parcel')} lead={<CopyId value={id} />}>
      <Read of={found}>
        {({ parcel, numbers }) => (
          <>
            <Card>
              <Facts
                of={[
                  [t('state'), t(`parcel.status.${parcel.status}`)],
                  [t('parcel.numbers'), numbers.map(({ number }) => number).join(', ')],
                  [
                    t('parcel.carrier'),
                    parcel.carrier_code && <CarrierName key="carrier" code={parcel.carrier_code} />,
                  ],
                  [
                    t('parcel.shipment'),
                    parcel.shipment_id === undefined ? (
                      t(parcel.organisation_id === undefined ? 'parcel.unannounced' : 'parcel.elsewhere')
                    ) : (
                      <Link
                        key="shipment"
                        className="number text-accent hover:underline"
                        href={`/operations/shipments/${parcel.shipment_id}`}
                      >
                        {parcel.shipment_id}
                      </Link>
                    ),
                  ],
                  [t('search.whose'), <OrganisationName key="whose" id={parcel.organisation_id} link />],
                  [t('search.to'), parcel.destination && <Place key="to" of={parcel.destination} />],
                  [t('parcel.promise'), parcel.promise && promised(parcel.promise, parcel.destination_zone)],
                  [
                    t('parcel.last_scan'),
                    parcel.last_scan_at && <Moment key="scan" at={parcel.last_scan_at} whole />,
                  ],
                ]}
              />
            </Card>
            <ReportsOfParcel parcelId={parcel.id} />
            <ParcelTimeline parcel={parcel} isAlone />
          </>
        )}
      </Read>
    </Page>
  );
}
