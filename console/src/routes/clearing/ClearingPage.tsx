import { Skeleton, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { StatementView } from '../../api/client';
import { useSession } from '../../app/session';
import { addAmounts, Amount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { BridgeCard } from './BridgeCard';
import { MonthActions } from './MonthActions';
import { MonthSelect } from './MonthSelect';
import { useClearingMonth } from './queries';
import { StateStrip } from './StateStrip';
import { ValuesCard } from './ValuesCard';
import { endedMonth, monthName, statementTone } from './words';

const money = (title: string, key: 'funds' | 'account' | 'adjusted' | 'due') => ({
  title,
  dataIndex: key,
  align: 'right' as const,
  width: 120,
  render: (value: string) => <Amount value={value} strong={key === 'due'} quietZero />,
});

function columnsOf(today: string): TableColumnsType<StatementView> {
  return [
    { title: '定点医药机构', dataIndex: 'institution_name', ellipsis: true },
    { title: '账套', dataIndex: 'book_name', width: 176, ellipsis: true },
    { title: '明细', dataIndex: 'bills', align: 'right', width: 66 },
    money('基金应付', 'funds'),
    money('个人账户', 'account'),
    money('调整', 'adjusted'),
    money('应拨付', 'due'),
    {
      title: '状态',
      width: 110,
      render: (_, row) => (
        <>
          <Mark tone={statementTone(row.state)}>{row.state_name}</Mark>
          {row.version > 1 && <span className="quiet"> 第{row.version}版</span>}
        </>
      ),
    },
    {
      title: '异议期至',
      dataIndex: 'respond_by',
      width: 100,
      render: (day: string | null | undefined, row) =>
        row.state === 'published' && day ? (
          <span className="digits">{day < today ? <Mark tone="plain">已过</Mark> : day}</span>
        ) : (
          <span className="quiet">–</span>
        ),
    },
    {
      title: '拨付期限',
      dataIndex: 'pay_by',
      width: 100,
      render: (day?: string | null) => <span className="digits">{day ?? '–'}</span>,
    },
  ];
}

/** What the shown statements come to. */
function Total({ of }: { of: StatementView[] }) {
  const sum = (key: 'funds' | 'account' | 'adjusted' | 'due') => (
    <Amount value={of.reduce((total, row) => addAmounts(total, row[key]), '0.00')} strong />
  );
  return (
    <Table.Summary.Row className="total-row">
      <Table.Summary.Cell index={0} colSpan={2}>
        合计 {of.length} 张
      </Table.Summary.Cell>
      <Table.Summary.Cell index={2} align="right">
        {of.reduce((total, row) => total + row.bills, 0)}
      </Table.Summary.Cell>
      {(['funds', 'account', 'adjusted', 'due'] as const).map((key, at) => (
        <Table.Summary.Cell key={key} index={3 + at} align="right">
          {sum(key)}
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={7} colSpan={3} />
    </Table.Summary.Row>
  );
}

/** A month of clearing: where every statement stands, and the next step. */
export function ClearingPage() {
  const { today } = useSession();
  const { month = endedMonth(today) } = useParams();
  const navigate = useNavigate();
  const [state, setState] = useState('');
  const board = useClearingMonth(month);
  const shown = board.data?.statements.filter((row) => state === '' || row.state === state) ?? [];
  return (
    <Page
      title="清算"
      extra={
        board.data && (
          <MonthSelect
            month={board.data.month}
            months={board.data.months}
            go={(to) => void navigate(`/clearing/${to}`)}
          />
        )
      }
    >
      {board.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {board.isError && <Failure error={board.error} retry={() => void board.refetch()} />}
      {board.data && (
        <div className="stack">
          <div>
            <StateStrip of={board.data} chosen={state} choose={setState} />
            <MonthActions key={board.data.month} board={board.data} />
          </div>
          <Rows
            idOf={(row) => row.id}
            open={(row) => void navigate(`/clearing/statements/${row.id}`)}
            dataSource={shown}
            columns={columnsOf(today)}
            summary={() => shown.length > 0 && <Total of={shown} />}
            locale={nothing(
              state === ''
                ? `${monthName(board.data.month)}还没有清算单，请先生成草稿`
                : '没有这种状态的清算单',
            )}
          />
          <BridgeCard rows={board.data.bridges} />
          <ValuesCard year={Number(board.data.month.slice(0, 4))} />
        </div>
      )}
    </Page>
  );
}
