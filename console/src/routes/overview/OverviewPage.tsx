import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Skeleton, Table } from 'antd';
import { lazy, Suspense } from 'react';
import { Link, useNavigate } from 'react-router';
import { answer, api, type Overview, type OverviewGroup } from '../../api/client';
import { Amount, magnitude } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { briefSettlementColumns } from '../../parts/settlementColumns';

const MinuteChart = lazy(() => import('./MinuteChart'));

function Totals({ of }: { of: Overview['today'] }) {
  const counts: [string, number][] = [
    ['结算笔数', of.settled],
    ['就诊人数', of.people],
    ['冲正笔数', of.reversed],
  ];
  const sums: [string, string][] = [
    ['医疗费总额', of.total],
    ['基金支付', of.fund],
    ['个人账户支付', of.account],
    ['个人现金支付', of.cash],
  ];
  return (
    <dl className="totals">
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="digits">{count.toLocaleString('zh-CN')}</dd>
        </div>
      ))}
      {sums.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}（元）</dt>
          <dd>
            <Amount value={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Groups({ title, groups }: { title: string; groups: OverviewGroup[] }) {
  const most = Math.max(1, ...groups.map((group) => magnitude(group.total)));
  return (
    <Card size="small" title={title}>
      <Table<OverviewGroup>
        size="small"
        pagination={false}
        rowKey="code"
        dataSource={groups}
        locale={{ emptyText: '今天还没有结算' }}
        columns={[
          {
            title: '类别',
            dataIndex: 'name',
            render: (name: string, group) => (
              <>
                {name}
                <span
                  className="group-bar"
                  style={{ width: `${(magnitude(group.total) / most) * 100}%` }}
                />
              </>
            ),
          },
          {
            title: '笔数',
            dataIndex: 'count',
            align: 'right',
            width: 72,
            render: (count: number) => (
              <span className="amount">{count.toLocaleString('zh-CN')}</span>
            ),
          },
          {
            title: '总额',
            dataIndex: 'total',
            align: 'right',
            width: 120,
            render: (amount: string) => <Amount value={amount} />,
          },
          {
            title: '基金',
            dataIndex: 'fund',
            align: 'right',
            width: 120,
            render: (amount: string) => <Amount value={amount} />,
          },
        ]}
      />
    </Card>
  );
}

function Latest({ of }: { of: Overview['latest'] }) {
  const navigate = useNavigate();
  return (
    <Card size="small" title="最近结算" extra={<Link to="/settlement">全部结算</Link>}>
      <Rows
        idOf={(row) => row.id}
        open={(row) => void navigate(`/settlement/${row.id}`)}
        dataSource={of}
        columns={briefSettlementColumns}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有结算" />,
        }}
      />
    </Card>
  );
}

/** The home page: today at a glance. */
export function OverviewPage() {
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: () => answer(api.GET('/api/v1/overview')),
    refetchInterval: 5000,
    staleTime: 0,
  });
  const data = overview.data;
  return (
    <Page
      title="首页"
      extra={data && <span className="quiet digits">数据截至 {formatTime(data.as_of)}</span>}
    >
      {overview.isPending && <Skeleton active paragraph={{ rows: 12 }} />}
      {overview.isError && <Failure error={overview.error} retry={() => void overview.refetch()} />}
      {data && (
        <>
          <Totals of={data.today} />
          <div className="overview">
            <Card size="small" title="最近一小时每分钟结算笔数" className="overview-wide">
              <Suspense fallback={<div className="chart" />}>
                <MinuteChart minutes={data.per_minute} />
              </Suspense>
            </Card>
            <div className="overview-stack">
              <Groups title="按医疗类别" groups={data.by_care_type} />
              <Groups title="按险种" groups={data.by_scheme} />
            </div>
            <Groups title="按机构类型" groups={data.by_institution_kind} />
            <div className="overview-wide">
              <Latest of={data.latest} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
