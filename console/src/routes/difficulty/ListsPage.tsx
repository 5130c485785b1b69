import { useQuery } from '@tanstack/react-query';
import type { TableColumnsType } from 'antd';
import { Link, useNavigate } from 'react-router';
import { answer, api, type ListLine } from '../../api/client';
import { formatTime } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { PageTabs } from '../../parts/tabs';
import { ListUpload } from './ListUpload';
import { listTone, tabs } from './words';

const columns: TableColumnsType<ListLine> = [
  {
    title: '回执编号',
    dataIndex: 'list_no',
    width: 200,
    render: (no: string) => <Link to={`/difficulty/${no}`}>{no}</Link>,
  },
  { title: '送件部门', dataIndex: 'bureau_name', ellipsis: true },
  { title: '类型', dataIndex: 'kind_name', width: 90 },
  { title: '名单日', dataIndex: 'list_day', width: 105, className: 'digits' },
  { title: '文件', dataIndex: 'file_name', ellipsis: true },
  { title: '行数', dataIndex: ['numbers', 'rows'], width: 70, align: 'right' },
  { title: '变动', dataIndex: ['numbers', 'changes'], width: 70, align: 'right' },
  {
    title: '退回',
    dataIndex: ['numbers', 'rejected'],
    width: 70,
    align: 'right',
    render: (rejected: number) =>
      rejected > 0 ? <span className="amount-negative">{rejected}</span> : '0',
  },
  {
    title: '收件',
    width: 240,
    render: (_, row) => `${row.received_by} ${formatTime(row.received_at)}`,
  },
  {
    title: '状态',
    width: 90,
    render: (_, row) => <Mark tone={listTone(row.state)}>{row.state_name}</Mark>,
  },
];

/** The inbox of lists from other bureaus. */
export function ListsPage() {
  const navigate = useNavigate();
  const lists = useQuery({
    queryKey: ['lists'],
    queryFn: () => answer(api.GET('/api/v1/difficulty/lists')),
  });
  return (
    <Page title="困难名单">
      <PageTabs label="困难名单" tabs={tabs} />
      <div className="stack">
        <ListUpload />
        {lists.isError && <Failure error={lists.error} retry={() => void lists.refetch()} />}
        <Rows
          idOf={(row) => row.list_no}
          open={(row) => void navigate(`/difficulty/${row.list_no}`)}
          loading={lists.isPending}
          dataSource={lists.data ?? []}
          columns={columns}
          locale={nothing('还没有收到名单')}
        />
      </div>
    </Page>
  );
}
