import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { cx } from './class-names.ts';
import { Checkbox } from './field.tsx';

export type Column<Row> = {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** The column that names the row: a row header, and the card's title on a phone. */
  readonly isName?: boolean;
};

export type TableProps<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  /** Enter or a click on the row. The row's name should be a link besides. */
  readonly onOpen?: (row: Row) => void;
  readonly selection?: {
    readonly selected: ReadonlySet<string>;
    readonly onSelected: (selected: ReadonlySet<string>) => void;
    /** A row that cannot be chosen has no box. */
    readonly canSelect?: (row: Row) => boolean;
  };
};

/**
 * A dense table; below 640 px each row is a card. Up, Down, Home and End move between rows, Enter opens, Space chooses.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { label, rows, columns, rowId, onOpen, selection } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  return (
    <table aria-label={label} className="w-full border-collapse text-base max-sm:block">
      <thead className="max-sm:block">
        <tr className="max-sm:block">
          {selection && <SelectAll {...props} selection={selection} />}
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={cx(
                'caption border-b border-line px-2 py-2 first:pl-0 last:pr-0 max-sm:sr-only',
                column.align === 'end' ? 'text-right' : 'text-left',
              )}
            >
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} className="max-sm:block">
        {rows.map((row, index) => (
          <tr
            key={rowId(row)}
            tabIndex={onOpen === undefined && selection === undefined ? undefined : index === 0 ? 0 : -1}
            onKeyDown={(event) => onRowKey(event, body.current, index, props)}
            onClick={(event) => {
              if (!isOnControl(event.target)) onOpen?.(row);
            }}
            className={cx(
              'border-b border-line focus-visible:-outline-offset-2 max-sm:mb-2 max-sm:block max-sm:rounded-md max-sm:border max-sm:bg-card max-sm:p-2.5',
              onOpen !== undefined && 'cursor-pointer hover:bg-sunk',
              selection?.selected.has(rowId(row)) && 'bg-accent-soft',
            )}
          >
            {selection && <SelectRow {...props} selection={selection} row={row} />}
            {columns.map((column) => (
              <Cell key={column.id} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const className = cx(
    'px-2 py-1.5 align-middle first:pl-0 last:pr-0 max-sm:flex max-sm:min-h-7 max-sm:items-center max-sm:gap-3 max-sm:p-0',
    column.align === 'end' ? 'text-right max-sm:text-left' : 'text-left',
    column.isName && 'font-medium max-sm:text-lg',
  );
  const content = (
    <>
      {!column.isName && (
        <span aria-hidden="true" className="caption hidden w-28 shrink-0 max-sm:inline">
          {column.label}
        </span>
      )}
      <span className="min-w-0 wrap-anywhere">{column.cell(row)}</span>
    </>
  );
  return column.isName ? (
    <th scope="row" className={className}>
      {content}
    </th>
  ) : (
    <td className={className}>{content}</td>
  );
}

type Selecting<Row> = TableProps<Row> & { readonly selection: NonNullable<TableProps<Row>['selection']> };

function SelectAll<Row>({ rows, rowId, selection }: Selecting<Row>) {
  const t = useWords(KIT_WORDS);
  const ids = rows.filter((row) => selection.canSelect?.(row) ?? true).map(rowId);
  const chosen = ids.filter((id) => selection.selected.has(id));
  return (
    <th
      scope="col"
      className="w-9 border-b border-line text-left font-normal max-sm:block max-sm:w-auto max-sm:border-0 max-sm:pb-2"
    >
      <Checkbox
        label={t('table.select_all')}
        hideLabel="on-wide"
        checked={chosen.length === 0 ? false : chosen.length === ids.length ? true : 'mixed'}
        onCheck={(checked) => {
          const next = new Set(selection.selected);
          for (const id of ids) checked ? next.add(id) : next.delete(id);
          selection.onSelected(next);
        }}
      />
    </th>
  );
}

function SelectRow<Row>({ row, rowId, selection }: Selecting<Row> & { readonly row: Row }) {
  const t = useWords(KIT_WORDS);
  const id = rowId(row);
  return (
    <td className="w-9 max-sm:float-right max-sm:w-auto">
      {(selection.canSelect?.(row) ?? true) && (
        <Checkbox
          label={t('table.select_row', { row: id })}
          hideLabel
          checked={selection.selected.has(id)}
          onCheck={() => selection.onSelected(toggled(selection.selected, id))}
        />
      )}
    </td>
  );
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

const isOnControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a,button,input,label,select,textarea') !== null;

function onRowKey<Row>(
  event: KeyboardEvent,
  body: HTMLTableSectionElement | null,
  index: number,
  { rows, rowId, onOpen, selection }: TableProps<Row>,
): void {
  if (event.target !== event.currentTarget || body === null) return;
  const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
  const row = rows[index];
  if (to !== undefined) {
    event.preventDefault();
    (body.rows[to] as HTMLElement | undefined)?.focus();
  } else if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) {
    onOpen(row);
  } else if (event.key === ' ' && row !== undefined && selection !== undefined) {
    event.preventDefault();
    if (selection.canSelect?.(row) ?? true) selection.onSelected(toggled(selection.selected, rowId(row)));
  }
}
