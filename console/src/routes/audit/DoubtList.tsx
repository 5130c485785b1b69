import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { BulkResult, DoubtView } from '../../api/client';
import { useKey } from '../../app/keys';
import { useSession } from '../../app/session';
import type { useWorkList } from '../../app/workList';
import { addAmounts, Amount, formatCount } from '../../parts/amount';
import { Mark } from '../../parts/mark';
import { WorkListFrame } from '../../parts/workListFrame';
import { BulkDialog, BulkOutcome } from './BulkDialog';
import { Clock } from './DoubtCard';
import type { Sum } from './groups';
import type { Asked, useDoubts } from './queries';
import { doubtTone } from './words';

const columnsOf = (outside: boolean): TableColumnsType<DoubtView> => [
  {
    title: outside ? '规则' : '规则和机构',
    ellipsis: true,
    render: (_, row) => (
      <span title={`${row.rule_name} ${row.institution_name}`}>
        {row.rule} {row.rule_name}
        {!outside && <small className="doubt-place">{row.institution_name}</small>}
      </span>
    ),
  },
  {
    title: '参保人和日期',
    width: 104,
    ellipsis: true,
    render: (_, row) => (
      <>
        {row.person_name || <span className="quiet">不涉及个人</span>}
        <small className="doubt-place digits">{row.day}</small>
      </>
    ),
  },
  {
    title: '基金支付',
    dataIndex: 'amount',
    align: 'right',
    width: 96,
    render: (value: string) => <Amount value={value} />,
  },
  {
    title: '状态',
    width: 92,
    render: (_, row) => <Mark tone={doubtTone(row.state)}>{row.state_name}</Mark>,
  },
  { title: '期限', width: 88, render: (_, row) => <Clock due={row.due} short /> },
];

/** Ticked rows: X ticks the chosen one, A all that are loaded, or none where all are. */
function useTicks(rows: DoubtView[], chosen: string | undefined) {
  const [ticked, setTicked] = useState<string[]>([]);
  const known = ticked.filter((id) => rows.some((row) => row.id === id));
  useKey('x', () => {
    if (!chosen) return;
    setTicked(known.includes(chosen) ? known.filter((id) => id !== chosen) : [...known, chosen]);
  });
  useKey('a', () => setTicked(known.length === rows.length ? [] : rows.map((row) => row.id)));
  return { ticked: known, tick: setTicked };
}

interface Props {
  list: ReturnType<typeof useDoubts>;
  rows: DoubtView[];
  work: ReturnType<typeof useWorkList>;
  filter: Asked;
  sum: Sum;
  sample?: string;
  children: React.ReactNode;
}

/** Doubts one by one, ticked for work on many, with the open one beside. */
export function DoubtList({ list, rows, work, filter, sum, sample, children }: Props) {
  const { role } = useSession();
  const { ticked, tick } = useTicks(rows, work.chosen);
  const [asking, setAsking] = useState(false);
  const [result, setResult] = useState<BulkResult>();
  const chosen = rows.filter((row) => ticked.includes(row.id));
  useKey('b', (event) => {
    event.preventDefault();
    if (rows.length > 0) setAsking(true);
  });
  const bar = (
    <div className="bulk-bar">
      <Button disabled={rows.length === 0} onClick={() => setAsking(true)}>
        批量办理<kbd>B</kbd>
      </Button>
      <span className="quiet">
        {chosen.length > 0 ? (
          <>
            勾选 {chosen.length} 条{' '}
            <Amount
              value={chosen.reduce((total, one) => addAmounts(total, one.amount), '0.00')}
              strong
            />{' '}
            元
          </>
        ) : (
          list.data && (
            <>
              共 {formatCount(sum.doubts)} 条，基金支付 <Amount value={sum.amount} /> 元；X 勾选，A
              全选
            </>
          )
        )}
      </span>
    </div>
  );
  return (
    <>
      {result && <BulkOutcome of={result} close={() => setResult(undefined)} />}
      <WorkListFrame
        list={list}
        rows={rows}
        columns={columnsOf(Boolean(filter.for_institution) || role === 'hospital')}
        work={work}
        empty="没有这样的疑点"
        above={bar}
        rowSelection={{
          selectedRowKeys: ticked,
          onChange: (keys) => tick(keys.map(String)),
          columnWidth: 34,
          getTitleCheckboxProps: () => ({ 'aria-label': '全选本页' }),
          getCheckboxProps: (row) => ({
            'aria-label': `勾选 ${row.rule_name} ${row.person_name}`,
          }),
        }}
      >
        {children}
      </WorkListFrame>
      {asking && (
        <BulkDialog
          chosen={chosen}
          rows={rows}
          filter={filter}
          all={sum}
          {...(sample && { sample })}
          close={() => setAsking(false)}
          done={(done) => {
            tick([]);
            work.hide();
            setResult(done);
          }}
        />
      )}
    </>
  );
}
