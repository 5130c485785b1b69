import { Button, Card, DatePicker, Segmented, Skeleton, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { BudgetLine } from '../../api/client';
import { useKey } from '../../app/keys';
import { useSession } from '../../app/session';
import { useWorkList } from '../../app/workList';
import { Amount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { endedMonth } from '../clearing/words';
import { InterviewDialog } from './InterviewDialog';
import { InterviewsCard } from './InterviewsCard';
import { MonthsTable } from './MonthsTable';
import { useBudget } from './queries';
import { percent, warningTone } from './words';

const money = (title: string, key: 'target' | 'quota' | 'actual' | 'over') => ({
  title,
  dataIndex: key,
  align: 'right' as const,
  width: 104,
  render: (value: string) => <Amount value={value} strong={key === 'over'} quietZero />,
});

const columns: TableColumnsType<Line> = [
  { title: '机构', dataIndex: 'name', ellipsis: true, minWidth: 140 },
  { title: '账套', dataIndex: 'book', width: 54 },
  money('年度指标', 'target'),
  money('累计限额', 'quota'),
  money('累计支付', 'actual'),
  money('超限额', 'over'),
  {
    title: '进度',
    align: 'right',
    width: 84,
    render: (_, row) => <span className="digits">{percent(row.progress)}</span>,
  },
  {
    title: '提醒',
    width: 90,
    render: (_, row) => <Mark tone={warningTone(row.warning)}>{row.warning_name}</Mark>,
  },
];

type Line = BudgetLine & { id: string };

const isOver = (line: BudgetLine) => ['interview', 'special_review'].includes(line.warning);

function LineCard(props: { of: Line | undefined; talk: (line: Line) => void; close: () => void }) {
  const { of, talk, close } = props;
  useKey('1', () => of && talk(of), of !== undefined);
  useKey('Escape', close, of !== undefined);
  if (!of) {
    return (
      <Card size="small">
        <p className="worklist-hint">↑ ↓ 选择机构，回车看逐月限额与发生额</p>
      </Card>
    );
  }
  return (
    <Card size="small" title={of.name}>
      <div className="worklist-actions">
        <Button type={isOver(of) ? 'primary' : 'default'} onClick={() => talk(of)}>
          约谈<kbd>1</kbd>
        </Button>
      </div>
      <MonthsTable of={of} />
    </Card>
  );
}

/** The budget against time: who is over the quota of the months so far, and what was agreed. */
export function BudgetPage() {
  const { today } = useSession();
  const { month = endedMonth(today) } = useParams();
  const navigate = useNavigate();
  const board = useBudget(month);
  const [only, setOnly] = useState('');
  const [talking, setTalking] = useState<Line>();
  const all = (board.data?.lines ?? []).map((line) => ({
    ...line,
    id: `${line.institution} ${line.book}`,
  }));
  const rows = all.filter((line) => only === '' || isOver(line));
  const { chosen, choose, shown, show, hide } = useWorkList(rows);
  const move = (by: number) =>
    void navigate(`/budgets/${dayjs(`${month}-01`).add(by, 'month').format('YYYY-MM')}`);
  useKey('ArrowLeft', () => move(-1));
  useKey('ArrowRight', () => move(1));
  return (
    <Page
      title="预算执行"
      extra={
        <DatePicker
          picker="month"
          aria-label="截至月份"
          allowClear={false}
          value={dayjs(`${month}-01`)}
          onChange={(day) => day && void navigate(`/budgets/${day.format('YYYY-MM')}`)}
        />
      }
    >
      <div className="filters">
        <Segmented
          aria-label="名单"
          value={only}
          onChange={setOnly}
          options={[
            { value: '', label: `全部机构 ${all.length}` },
            { value: 'over', label: `应约谈 ${board.data?.over_target ?? 0}` },
          ]}
        />
        <span className="quiet">截至 {month}；月度限额随上年的季节分配，没有上年数的按月平均</span>
      </div>
      {board.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {board.isError && <Failure error={board.error} retry={() => void board.refetch()} />}
      {board.data && (
        <div className="stack">
          <div className="worklist budget-list">
            <Rows
              idOf={(row) => row.id}
              open={(row) => show(row.id)}
              chosen={chosen}
              onChoose={choose}
              dataSource={rows}
              columns={columns}
              locale={nothing(only ? '没有应约谈的机构' : '还没有审定的预算指标')}
            />
            <div className="worklist-side">
              <LineCard of={rows.find((row) => row.id === shown)} talk={setTalking} close={hide} />
            </div>
          </div>
          <InterviewsCard rows={board.data.interviews} />
        </div>
      )}
      {talking && (
        <InterviewDialog of={talking} through={month} close={() => setTalking(undefined)} />
      )}
    </Page>
  );
}
