import { Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DoubtNotice } from '../../api/client';
import { formatCount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { PageTabs } from '../../parts/tabs';
import { noticeColumns, Received } from './NoticeColumns';
import { useNotices } from './queries';
import { tabs } from './words';

/** How many notices the server tells of at most. */
const most = 200;

const columns: TableColumnsType<DoubtNotice> = [
  {
    title: '通知编号',
    dataIndex: 'id',
    width: 190,
    render: (id: string) => <Link to={`/audit?desk=all&notice=${id}`}>{id}</Link>,
  },
  { title: '机构', dataIndex: 'institution_name', ellipsis: true },
  ...noticeColumns,
  { title: '发出人', dataIndex: 'by', width: 90, ellipsis: true },
  {
    title: '签收',
    width: 200,
    render: (_, row) =>
      row.received_at ? <Received of={row} /> : <Mark tone="warning">未签收</Mark>,
  },
];

/** Every notice that went out, and whether it was received. */
export function NoticesPage() {
  const notices = useNotices();
  const [open, setOpen] = useState(false);
  const all = notices.data ?? [];
  const waiting = all.filter((one) => !one.received_at);
  const counted = (name: string, of: DoubtNotice[]) =>
    notices.isSuccess ? `${name} ${formatCount(of.length)}` : name;
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      <div className="filters">
        <Segmented
          aria-label="签收情况"
          value={open}
          onChange={(to: boolean) => setOpen(to)}
          options={[
            { value: false, label: counted('全部通知', all) },
            { value: true, label: counted('未签收', waiting) },
          ]}
        />
        {all.length >= most && <span className="quiet">只列最近的 {most} 份</span>}
      </div>
      {notices.isError && <Failure error={notices.error} retry={() => void notices.refetch()} />}
      <Table<DoubtNotice>
        size="small"
        rowKey="id"
        pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
        loading={notices.isPending}
        dataSource={open ? waiting : all}
        columns={columns}
        locale={nothing(open ? '通知都已签收' : '还没有发出过通知', notices)}
      />
    </Page>
  );
}
