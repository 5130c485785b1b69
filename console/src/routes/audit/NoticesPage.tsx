import { Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { DoubtNotice } from '../../api/client';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { PageTabs } from '../../parts/tabs';
import { useNotices } from './queries';
import { tabs } from './words';

const columns: TableColumnsType<DoubtNotice> = [
  {
    title: '通知编号',
    dataIndex: 'id',
    width: 200,
    render: (id: string, row) => (
      <Link to={`/inbox?institution=${row.institution}&notice=${id}`}>{id}</Link>
    ),
  },
  { title: '机构', dataIndex: 'institution_name', ellipsis: true },
  { title: '疑点', dataIndex: 'doubts', align: 'right', width: 70 },
  {
    title: '基金部分',
    dataIndex: 'amount',
    align: 'right',
    width: 110,
    render: (value: string) => <Amount value={value} />,
  },
  {
    title: '申诉期限',
    dataIndex: 'due',
    width: 110,
    render: (due?: string | null) => <span className="digits">{due ?? '–'}</span>,
  },
  { title: '发出人', dataIndex: 'by', width: 100 },
  {
    title: '发出',
    dataIndex: 'at',
    width: 150,
    render: (at: string) => <span className="digits">{formatTime(at)}</span>,
  },
  {
    title: '签收',
    width: 210,
    render: (_, row) =>
      row.received_at ? (
        <span className="digits">
          {row.received_by} {formatTime(row.received_at)}
        </span>
      ) : (
        <Mark tone="warning">未签收</Mark>
      ),
  },
];

/** Every notice that went out, and whether it was received. */
export function NoticesPage() {
  const notices = useNotices();
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      {notices.isError && <Failure error={notices.error} retry={() => void notices.refetch()} />}
      <Table<DoubtNotice>
        size="small"
        rowKey="id"
        pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
        loading={notices.isPending}
        dataSource={notices.data ?? []}
        columns={columns}
        locale={nothing('还没有发出过通知')}
      />
    </Page>
  );
}
