import { Card, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { StatementBill } from '../../api/client';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { More } from '../../parts/more';
import { CaseTrace } from './CaseTrace';
import { useStatementBills } from './queries';

const amount = (value: string) => <Amount value={value} quietZero />;

const columns: TableColumnsType<StatementBill> = [
  {
    title: '结算编号',
    dataIndex: 'settlement',
    render: (id: string, row) => (
      <>
        <Link to={`/settlement/${id}`}>{id}</Link> {row.original && <Mark tone="bad">冲正</Mark>}
      </>
    ),
  },
  {
    title: '参保人',
    dataIndex: 'person_name',
    width: 90,
    render: (name: string, row) => <Link to={`/people/${row.person}`}>{name}</Link>,
  },
  { title: '医疗类别', dataIndex: 'care_type_name', width: 110, ellipsis: true },
  {
    title: '结算时间',
    dataIndex: 'settled_at',
    width: 150,
    render: (at: string) => <span className="digits">{formatTime(at)}</span>,
  },
  { title: '总费用', dataIndex: 'total', align: 'right', width: 100, render: amount },
  { title: '基金应付', dataIndex: 'funds', align: 'right', width: 100, render: amount },
  { title: '个人账户', dataIndex: 'account', align: 'right', width: 100, render: amount },
];

interface Props {
  statement: string;
  count: number;
  /** Settlements that are marked, for an objection. */
  marked?: string[] | undefined;
  mark?: ((settlements: string[]) => void) | undefined;
}

/** The bills of a statement; each opens to its case and the points it counts. */
export function BillsCard({ statement, count, marked, mark }: Props) {
  const bills = useStatementBills(statement);
  const rows = bills.data?.pages.flatMap((page) => page.bills) ?? [];
  return (
    <Card size="small" title={`结算明细 ${count} 笔`}>
      {bills.isError && <Failure error={bills.error} />}
      <Table<StatementBill>
        size="small"
        pagination={false}
        rowKey="settlement"
        loading={bills.isPending}
        dataSource={rows}
        columns={columns}
        locale={nothing('本清算单没有结算明细')}
        {...(mark && {
          rowSelection: {
            selectedRowKeys: marked ?? [],
            onChange: (keys: React.Key[]) => mark(keys.map(String)),
            getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
          },
        })}
        expandable={{ expandedRowRender: (row) => <CaseTrace settlement={row.settlement} /> }}
      />
      <More list={bills} />
    </Card>
  );
}
