import type { TableColumnsType, TableProps } from 'antd';
import type { ReactNode } from 'react';
import type { useWorkList } from '../app/workList';
import { nothing } from './empty';
import { Failure } from './failure';
import { More } from './more';
import { Rows } from './rows';

/** What a list that is read page by page tells of itself. */
interface Paged {
  isError: boolean;
  error: unknown;
  isPending: boolean;
  refetch: () => Promise<unknown>;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

interface Props<T extends { id: string }> extends Pick<TableProps<T>, 'rowSelection' | 'summary'> {
  list: Paged;
  rows: T[];
  columns: TableColumnsType<T>;
  work: ReturnType<typeof useWorkList>;
  /** What an empty list says. */
  empty: string;
  /** What stands between the filters and the list. */
  above?: ReactNode;
  className?: string;
  /** The card of the row that is open. */
  children: ReactNode;
}

/** A work list: the rows on the left, the open one with its evidence on the right. */
export function WorkListFrame<T extends { id: string }>(props: Props<T>) {
  const { list, rows, columns, work, empty, above, className, children, ...table } = props;
  return (
    <>
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      <div className={`worklist ${className ?? ''}`}>
        <div>
          {above}
          <Rows<T>
            idOf={(row) => row.id}
            open={(row) => work.show(row.id)}
            chosen={work.chosen}
            onChoose={work.choose}
            loading={list.isPending}
            dataSource={rows}
            columns={columns}
            locale={nothing(empty, list)}
            {...table}
          />
          <More list={list} />
        </div>
        <div className="worklist-side">{children}</div>
      </div>
    </>
  );
}
