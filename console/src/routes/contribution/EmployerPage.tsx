import { useQuery } from '@tanstack/react-query';
import { Button, Card, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { answer, api, type ArrearView, type EmployerDetail } from '../../api/client';
import { useBack } from '../../app/back';
import { Amount, formatAmount } from '../../parts/amount';
import { County } from '../../parts/county';
import { formatPeriod, formatTime } from '../../parts/day';
import { Facts } from '../../parts/facts';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { MonthLines } from './MonthLines';

const amount = (value: string) => <Amount value={value} />;

function Arrears({ rows }: { rows: ArrearView[] }) {
  if (rows.length === 0) return null;
  return (
    <Card size="small" title="欠费">
      <Table<ArrearView>
        size="small"
        pagination={false}
        rowKey={(row) => row.owner + row.period}
        dataSource={rows}
        columns={[
          { title: '所属期', dataIndex: 'period', width: 90 },
          { title: '单位欠缴', dataIndex: 'employer_part', align: 'right', render: amount },
          { title: '个人欠缴', dataIndex: 'person_part', align: 'right', render: amount },
          { title: '合计', dataIndex: 'unpaid', align: 'right', render: amount },
          { title: '缴费期限', dataIndex: 'free_until', width: 110 },
          { title: '逾期天数', dataIndex: 'days', align: 'right', width: 90 },
          { title: '滞纳金', dataIndex: 'late_fee', align: 'right', render: amount },
        ]}
      />
    </Card>
  );
}

function Months({ of, open }: { of: EmployerDetail; open: (month: string) => void }) {
  return (
    <Card size="small" title="各月核定">
      <Table
        size="small"
        pagination={{ pageSize: 12, hideOnSinglePage: true }}
        rowKey="month"
        dataSource={of.months}
        locale={{ emptyText: '还没有核定' }}
        columns={[
          {
            title: '所属期',
            dataIndex: 'month',
            width: 100,
            render: (month: string) => (
              <Button type="link" size="small" onClick={() => open(month)}>
                {month}
              </Button>
            ),
          },
          { title: '人数', dataIndex: 'persons', align: 'right', width: 70 },
          { title: '基数合计', dataIndex: 'base', align: 'right', render: amount },
          { title: '单位应缴', dataIndex: 'employer_part', align: 'right', render: amount },
          { title: '个人应缴', dataIndex: 'person_part', align: 'right', render: amount },
          { title: '应缴合计', dataIndex: 'owed', align: 'right', render: amount },
          { title: '到账', dataIndex: 'paid', align: 'right', render: amount },
          {
            title: '状态',
            width: 130,
            render: (_, row) => {
              if (row.problems.length > 0) {
                return <Mark tone="bad">{row.problems.length} 人未能核定</Mark>;
              }
              if (row.unpaid !== '0.00')
                return <Mark tone="warning">欠 {formatAmount(row.unpaid)}</Mark>;
              if (row.overpaid !== '0.00')
                return <Mark tone="plain">多缴 {formatAmount(row.overpaid)}</Mark>;
              return <Mark tone="good">已缴清</Mark>;
            },
          },
          {
            title: '核定',
            width: 220,
            render: (_, row) =>
              `第${row.version}次 ${row.assessed_by} ${formatTime(row.assessed_at)}`,
          },
        ]}
      />
    </Card>
  );
}

function Staff({ of }: { of: EmployerDetail }) {
  return (
    <Card size="small" title={`在册职工 ${of.staff.length} 人`}>
      <Table
        size="small"
        pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }}
        rowKey={(row) => row.no + row.from}
        dataSource={of.staff}
        columns={[
          {
            title: '姓名',
            dataIndex: 'name',
            width: 110,
            render: (name: string, row) => <Link to={`/people/${row.no}`}>{name}</Link>,
          },
          { title: '人员编号', dataIndex: 'no', className: 'digits' },
          { title: '人员类别', dataIndex: 'category_name', width: 110 },
          { title: '在册期间', width: 210, render: (_, row) => formatPeriod(row.from, row.to) },
          {
            title: '申报月工资',
            dataIndex: 'wage',
            align: 'right',
            render: (wage: string | null) => (wage ? <Amount value={wage} /> : '未申报'),
          },
          { title: '自所属期', dataIndex: 'wage_from', width: 100 },
        ]}
      />
    </Card>
  );
}

function Refunds({ of }: { of: EmployerDetail }) {
  if (of.refunds.length === 0) return null;
  return (
    <Card size="small" title="退费">
      <Table
        size="small"
        pagination={false}
        rowKey="refund"
        dataSource={of.refunds}
        columns={[
          { title: '所属期', dataIndex: 'period', width: 100 },
          { title: '原因', dataIndex: 'reason_name' },
          { title: '金额', dataIndex: 'amount', align: 'right', render: amount },
          { title: '状态', dataIndex: 'state_name', width: 100 },
          { title: '申请', dataIndex: 'proposed_by', width: 100 },
          { title: '审核', dataIndex: 'decided_by', width: 100 },
        ]}
      />
    </Card>
  );
}

/** Everything known about one employer: arrears first, then months, staff and refunds. */
export function EmployerPage() {
  const { no = '' } = useParams();
  const back = useBack('/employers');
  const [month, setMonth] = useState<string | null>(null);
  const employer = useQuery({
    queryKey: ['employer', no],
    queryFn: () => answer(api.GET('/api/v1/employers/{no}', { params: { path: { no } } })),
  });
  const detail = employer.data;
  return (
    <Page title={detail?.employer.name ?? '用人单位'} extra={<Button onClick={back}>返回</Button>}>
      {employer.isPending && <Skeleton active paragraph={{ rows: 12 }} />}
      {employer.isError && <Failure error={employer.error} retry={() => void employer.refetch()} />}
      {detail && (
        <div className="stack">
          <Card size="small">
            <Facts
              of={[
                ['单位编号', detail.employer.no],
                ['单位类型', detail.employer.kind_name],
                ['所在县区', <County key="county" code={detail.employer.county} />],
                ['状态', detail.employer.state_name],
                ['参保登记', detail.opened_on],
              ]}
            />
          </Card>
          <Arrears rows={detail.arrears} />
          <Months of={detail} open={setMonth} />
          <Staff of={detail} />
          <Refunds of={detail} />
          {month && <MonthLines no={no} month={month} close={() => setMonth(null)} />}
        </div>
      )}
    </Page>
  );
}
