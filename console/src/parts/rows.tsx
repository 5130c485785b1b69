import { Table, type TableProps } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useKey } from '../app/keys';

interface Props<T extends object> extends TableProps<T> {
  idOf: (row: T) => string;
  open: (row: T) => void;
  /** Ids to mark as just arrived. */
  fresh?: ReadonlySet<string>;
  /** The chosen row's id, where the page wants to say which; otherwise the table keeps it. */
  chosen?: string | undefined;
  onChoose?: (id: string) => void;
}

/**
 * A table of rows that open: ↑ and ↓, or K and J, choose; Enter or a click opens. The choice
 * follows the row, not its place, so a live list may move under it.
 */
export function Rows<T extends object>(props: Props<T>) {
  const { idOf, open, fresh, dataSource, chosen: given, onChoose, ...rest } = props;
  const rows = dataSource ?? [];
  const [kept, setKept] = useState<string>();
  const chosen = given ?? kept;
  const choose = (id: string) => {
    setKept(id);
    onChoose?.(id);
  };
  const box = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => idOf(row) === chosen);

  const step = (by: number) => (event: KeyboardEvent) => {
    if (rows.length === 0) return;
    event.preventDefault();
    // A button clicked before keeps the focus and would take the Enter that is to come.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    const row = rows[next];
    if (row) choose(idOf(row));
  };
  useKey('ArrowDown', step(1));
  useKey('ArrowUp', step(-1));
  useKey('j', step(1));
  useKey('k', step(-1));
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
