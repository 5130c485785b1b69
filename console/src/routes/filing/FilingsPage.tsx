import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Segmented, Select, type TableColumnsType } from 'antd';
import { useSearchParams } from 'react-router';
import { answer, api, type FilingView } from '../../api/client';
import { formatTime } from '../../parts/day';
import { useWorkList } from '../../app/workList';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { WorkListFrame } from '../../parts/workListFrame';
import { FilingCard } from './FilingCard';
import { filingTone } from './words';

const columns: TableColumnsType<FilingView> = [
  { title: '种类', dataIndex: 'class_name', width: 110 },
  { title: '姓名', dataIndex: 'person_name', width: 90 },
  { title: '事由', dataIndex: 'subject', ellipsis: true },
  {
    title: '申请时间',
    dataIndex: 'filed_at',
    width: 150,
    render: (at: string) => <span className="digits">{formatTime(at)}</span>,
  },
  {
    title: '状态',
    width: 80,
    render: (_, row) => <Mark tone={filingTone(row.state)}>{row.state_name}</Mark>,
  },
];

function useFilings(state: string, kind: string) {
  return useInfiniteQuery({
    queryKey: ['filings', state, kind],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        state,
        limit: 50,
        ...(kind && { class: kind }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answer(api.GET('/api/v1/filings', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

interface FilterProps {
  state: string;
  kind: string;
  waiting: { class: string; count: number }[];
  change: (state: string, kind: string) => void;
}

function Filters({ state, kind, waiting, change }: FilterProps) {
  const words = useQuery({
    queryKey: ['filing-words'],
    queryFn: () => answer(api.GET('/api/v1/filings/words')),
    staleTime: Infinity,
  });
  const waits = (code: string) => waiting.find((one) => one.class === code)?.count ?? 0;
  const all = waiting.reduce((sum, one) => sum + one.count, 0);
  return (
    <div className="filters">
      <Segmented
        aria-label="种类"
        value={kind}
        onChange={(value) => change(state, value)}
        options={[
          { value: '', label: `全部 ${all}` },
          ...(words.data?.classes ?? []).map((one) => ({
            value: one.code,
            label: `${one.name} ${waits(one.code)}`,
          })),
        ]}
      />
      <Select
        aria-label="状态"
        className="filters-care"
        value={state}
        onChange={(value: string) => change(value, kind)}
        options={[
          ...(words.data?.states ?? []).map((one) => ({ value: one.code, label: one.name })),
          { value: 'all', label: '全部状态' },
        ]}
      />
      <span className="quiet">数字为待审核件数</span>
    </div>
  );
}

/** The inbox of filings: choose, look, grant or refuse, and on to the next. */
export function FilingsPage() {
  const [params, setParams] = useSearchParams();
  const state = params.get('state') ?? 'pending';
  const kind = params.get('class') ?? '';
  const filings = useFilings(state, kind);
  const rows = filings.data?.pages.flatMap((page) => page.rows) ?? [];
  const work = useWorkList(rows);
  return (
    <Page title="备案审核">
      <Filters
        state={state}
        kind={kind}
        waiting={filings.data?.pages[0]?.waiting ?? []}
        change={(to, of) => {
          work.show(undefined);
          setParams({ state: to, ...(of && { class: of }) }, { replace: true });
        }}
      />
      <WorkListFrame
        list={filings}
        rows={rows}
        columns={columns}
        work={work}
        empty={state === 'pending' ? '没有待审核的备案' : '没有符合条件的备案'}
      >
        <FilingCard
          of={rows.find((row) => row.id === work.shown)}
          decided={work.decided}
          close={work.hide}
        />
      </WorkListFrame>
    </Page>
  );
}
