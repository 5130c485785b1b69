import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented, Select, type TableColumnsType } from 'antd';
import { useSearchParams } from 'react-router';
import { answer, api, type Finding, type FindingCount } from '../../api/client';
import { useWorkList } from '../../app/workList';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { WorkListFrame } from '../../parts/workListFrame';
import { PageTabs } from '../../parts/tabs';
import { FindingCard } from './FindingCard';
import { findingTone, states, tabs } from './words';

const columns: TableColumnsType<Finding> = [
  { title: '检查项', dataIndex: 'check_name', width: 165 },
  {
    title: '涉及人员',
    width: 150,
    render: (_, row) =>
      row.other_name ? `${row.person_name}、${row.other_name}` : row.person_name,
  },
  { title: '说明', dataIndex: 'summary', ellipsis: true },
  {
    title: '状态',
    width: 80,
    render: (_, row) => <Mark tone={findingTone(row.state)}>{row.state_name}</Mark>,
  },
];

/** How many findings of a check stand in a state; of every check where none is chosen. */
function countOf(counts: FindingCount[], state: string, check: string): number {
  const counted = counts.filter(
    (one) => (!state || one.state === state) && (!check || one.check === check),
  );
  return counted.reduce((sum, one) => sum + one.count, 0);
}

function useFindings(state: string, check: string) {
  return useInfiniteQuery({
    queryKey: ['findings', state, check],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(state && { state }),
        ...(check && { check }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answer(api.GET('/api/v1/cleaning/findings', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

interface FilterProps {
  counts: FindingCount[];
  state: string;
  check: string;
  change: (state: string, check: string) => void;
}

function Filters({ counts, state, check, change }: FilterProps) {
  const checks = new Map(counts.map((one) => [one.check, one.check_name]));
  return (
    <div className="filters">
      <Segmented
        aria-label="状态"
        value={state}
        onChange={(value) => change(value, check)}
        options={states.map(({ value, label }) => ({
          value,
          label: `${label} ${countOf(counts, value, check)}`,
        }))}
      />
      <Select
        data-search
        className="filters-check"
        aria-label="检查项"
        value={check}
        onChange={(value: string) => change(state, value)}
        options={[
          { value: '', label: `全部检查项 ${countOf(counts, state, '')}` },
          ...[...checks].map(([value, name]) => ({
            value,
            label: `${name} ${countOf(counts, state, value)}`,
          })),
        ]}
      />
    </div>
  );
}

/** The work list of findings: choose, look at the evidence, decide, and on to the next. */
export function CleaningPage() {
  const [params, setParams] = useSearchParams();
  const state = params.get('state') ?? 'open';
  const check = params.get('check') ?? '';
  const findings = useFindings(state, check);
  const rows = findings.data?.pages.flatMap((page) => page.rows) ?? [];
  const counts = findings.data?.pages[0]?.counts ?? [];
  const work = useWorkList(rows);
  return (
    <Page title="信息清查">
      <PageTabs label="信息清查" tabs={tabs} />
      <Filters
        counts={counts}
        state={state}
        check={check}
        change={(to, of) => {
          work.show(undefined);
          setParams({ state: to, ...(of && { check: of }) }, { replace: true });
        }}
      />
      <WorkListFrame
        list={findings}
        rows={rows}
        columns={columns}
        work={work}
        empty="没有这样的疑点"
      >
        <FindingCard id={work.shown} decided={work.decided} close={work.hide} />
      </WorkListFrame>
    </Page>
  );
}
