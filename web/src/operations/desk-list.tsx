import { type ReactNode, useState } from 'react';
import type { Paged } from '../ground/reads.ts';
import { Button } from '../kit/button.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';

/** A list of what waits for somebody: each row has one thing to do, which a dialog asks for. */
export function DeskList<Item>({
  label,
  of,
  rowId,
  columns,
  empty,
  todo,
}: {
  readonly label: string;
  readonly of: Paged<Item>;
  readonly rowId: (item: Item) => string;
  readonly columns: readonly Column<Item>[];
  /** What is said when nothing is here. */
  readonly empty: string;
  /** Absent for those who may only look. */
  readonly todo:
    | {
        readonly label: string;
        readonly isDone?: (item: Item) => boolean;
        readonly dialog: (item: Item, close: () => void) => ReactNode;
      }
    | undefined;
}) {
  const [chosen, setChosen] = useState<Item>();
  const shown: readonly Column<Item>[] =
    todo === undefined
      ? columns
      : [
          ...columns,
          {
            id: 'todo',
            label: todo.label,
            cell: (item) =>
              todo.isDone?.(item) ? (
                '–'
              ) : (
                <Button size="small" onClick={() => setChosen(item)}>
                  {todo.label}
                </Button>
              ),
          },
        ];
  return (
    <>
      <PagedTable label={label} of={of} rowId={rowId} columns={shown} empty={<Empty title={empty} />} />
      {chosen !== undefined && todo?.dialog(chosen, () => setChosen(undefined))}
    </>
  );
}
