import { DatePicker, Segmented, Select, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import { useSearchParams } from 'react-router';
import type { DischargeLine } from '../../api/client';
import { useSession } from '../../app/session';
import { useWorkList } from '../../app/workList';
import { Amount } from '../../parts/amount';
import { toDay } from '../../parts/day';
import { InstitutionSelect } from '../../parts/institutionSelect';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { WorkListFrame } from '../../parts/workListFrame';
import { DischargeCard } from './DischargeCard';
import { QualityStrip } from './QualityStrip';
import { useDischarges, useQualityBoard, type ListsAsked } from './queries';
import { listStates, listTone } from './words';

const columns: TableColumnsType<DischargeLine> = [
  { title: '机构', dataIndex: 'institution_name', ellipsis: true },
  { title: '姓名', dataIndex: 'person_name', width: 76, ellipsis: true },
  { title: '主要诊断', dataIndex: 'principal', width: 90, ellipsis: true },
  { title: '出院', dataIndex: 'discharged_on', width: 94 },
  {
    title: '总费用',
    dataIndex: 'total',
    align: 'right',
    width: 96,
    render: (value: string) => <Amount value={value} />,
  },
  {
    title: '质控',
    width: 128,
    render: (_, row) => (
      <>
        {row.errors > 0 && <Mark tone="bad">差错 {row.errors}</Mark>}{' '}
        {row.warnings > 0 && <Mark tone="warning">提示 {row.warnings}</Mark>}
        {row.errors + row.warnings === 0 && <Mark tone="good">无</Mark>}
      </>
    ),
  },
  {
    title: '状态',
    width: 76,
    render: (_, row) => <Mark tone={listTone(row.state)}>{row.state_name}</Mark>,
  },
];

/** Two months back to today: what is being worked on. */
function usual(today: string): Pick<ListsAsked, 'from' | 'to'> {
  return {
    from: dayjs(today).subtract(2, 'month').startOf('month').format('YYYY-MM-DD'),
    to: today,
  };
}

function useAsked() {
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const text = (key: string) => params.get(key) ?? '';
  const span = usual(today);
  const asked: ListsAsked = {
    state: text('state'),
    institution: text('institution'),
    faulty: text('faulty'),
    from: params.get('from') ?? span.from,
    to: params.get('to') ?? span.to,
  };
  const change = (to: Partial<ListsAsked>) => {
    const kept = Object.entries({ ...asked, ...to }).filter(([, value]) => value);
    setParams(Object.fromEntries(kept), { replace: true });
  };
  return { asked, change };
}

function Filters({ asked, change }: ReturnType<typeof useAsked>) {
  return (
    <div className="filters">
      <Segmented
        aria-label="质控"
        value={asked.faulty}
        onChange={(faulty: string) => change({ faulty })}
        options={[
          { value: '', label: '全部' },
          { value: 'yes', label: '有差错' },
          { value: 'no', label: '没有差错' },
        ]}
      />
      <Select
        aria-label="状态"
        className="filters-care"
        value={asked.state}
        onChange={(state: string) => change({ state })}
        options={listStates}
      />
      <InstitutionSelect
        value={asked.institution || null}
        onChange={(institution) => change({ institution: institution ?? '' })}
      />
      <DatePicker.RangePicker
        aria-label="结算日期"
        allowClear={false}
        value={[toDay(asked.from), toDay(asked.to)]}
        onChange={(days) =>
          change({
            from: days?.[0]?.format('YYYY-MM-DD') ?? '',
            to: days?.[1]?.format('YYYY-MM-DD') ?? '',
          })
        }
      />
    </div>
  );
}

/** Settlement lists: quality first, then each list with its findings and groups. */
export function DischargesPage() {
  const { asked, change } = useAsked();
  const lists = useDischarges(asked);
  const board = useQualityBoard(asked.from, asked.to, asked.institution);
  const rows = lists.data?.pages.flatMap((page) => page.rows) ?? [];
  const work = useWorkList(rows);
  return (
    <Page title="结算清单">
      <Filters asked={asked} change={change} />
      {board.data && <QualityStrip of={board.data} />}
      <WorkListFrame
        list={lists}
        rows={rows}
        columns={columns}
        work={work}
        empty="没有符合条件的结算清单"
        className="lists-below"
      >
        <DischargeCard id={work.shown} decided={work.decided} close={work.hide} />
      </WorkListFrame>
    </Page>
  );
}
