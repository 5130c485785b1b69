import { Table, type TableProps } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useKey } from '../app/keys';

interface Props<T extends object> extends TableProps<T> {
  idOf: (row: T) => string;
  open: (row: T) => void;
  /** Ids to mark as just arrived. */
  fresh?: ReadonlySet<string>;
}

/**
 * A table of rows that open: ↑ and ↓ choose, Enter or a click opens. The choice follows the row,
 * not its place, so a live list may move under it.
 */
export function Rows<T extends object>({ idOf, open, fresh, dataSource, ...rest }: Props<T>) {
  const rows = dataSource ?? [];
  const [chosen, setChosen] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => idOf(row) === chosen);

  const step = (by: number) => (event: KeyboardEvent) => {
    if (rows.length === 0) return;
    event.preventDefault();
    // A button clicked before keeps the focus and would take the Enter that is to come.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    const row = rows[next];
    if (row) setChosen(idOf(row));
  };
  useKey('ArrowDown', step(1));
  useKey('ArrowUp', step(-1));
  useKey('Enter', (event) => {
    const row = rows[at];
    if (!row || (event.target as HTMLElement).closest('a, button')) return;
    open(row);
  });
  useEffect(() => {
    box.current?.querySelector('.row-chosen')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  return (
    <div ref={box}>
      <Table<T>
        size="small"
        pagination={false}
        {...rest}
        dataSource={rows}
        rowKey={idOf}
        rowClassName={(row) => {
          const id = idOf(row);
          const marks = [id === chosen && 'row-chosen', fresh?.has(id) && 'row-fresh'];
          return ['row-opens', ...marks].filter(Boolean).join(' ');
        }}
        onRow={(row) => ({
          onClick: (event) => {
            if ((event.target as HTMLElement).closest('a, button')) return;
            open(row);
          },
        })}
      />
    </div>
  );
}
