import type { ReactNode } from 'react';
import type { Paged } from '../ground/reads.ts';
import { Pager } from './pager.tsx';
import { Read } from './states.tsx';
import { Table, type TableProps } from './table.tsx';

/** A cursor list as a table with its pages; `empty` stands in its place while nothing is in it. */
export function PagedTable<Row>({
  of,
  empty,
  ...table
}: Omit<TableProps<Row>, 'rows'> & { readonly of: Paged<Row>; readonly empty: ReactNode }) {
  return (
    <>
      <Read of={of.query} rows={8}>
        {() => (of.items.length === 0 ? empty : <Table {...table} rows={of.items} />)}
      </Read>
      <Pager of={of} />
    </>
  );
}
