import { useQuery } from '@tanstack/react-query';
import { Card, Table, type TableColumnsType } from 'antd';
import { lazy, Suspense } from 'react';
import { answer, api, type CleaningRun, type Import } from '../../api/client';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { PageTabs } from '../../parts/tabs';
import { tabs } from './words';

const RunsChart = lazy(() => import('./RunsChart'));

/** The checks that any of the runs made, with their names. */
function checksOf(runs: CleaningRun[]): [string, string][] {
  const named = runs
    .flatMap((run) => run.counts)
    .map((one) => [one.check, one.check_name] as const);
  return [...new Map(named)];
}

const importColumns: TableColumnsType<Import> = [
  { title: '导入编号', dataIndex: 'id', width: 200 },
  { title: '文件', dataIndex: 'file', ellipsis: true },
  { title: '总行数', dataIndex: 'rows', align: 'right', width: 90 },
  { title: '写入人数', dataIndex: 'accepted', align: 'right', width: 90 },
  { title: '未写入行', dataIndex: 'rejected', align: 'right', width: 90 },
  { title: '已在册行', dataIndex: 'known', align: 'right', width: 90 },
  { title: '由谁', dataIndex: 'by', width: 110 },
  { title: '开始', dataIndex: 'started_at', width: 140 },
  {
    title: '进度',
    width: 150,
    render: (_, row) =>
      row.done ? (
        <Mark tone="good">已完成</Mark>
      ) : (
        <Mark tone="warning">到第 {row.position} 行</Mark>
      ),
  },
];

function RunsTable({ runs }: { runs: CleaningRun[] }) {
  const columns: TableColumnsType<CleaningRun> = [
    { title: '清查时间', dataIndex: 'started_at', width: 140, fixed: 'left' },
    { title: '由谁', dataIndex: 'by', width: 100 },
    { title: '人数', dataIndex: 'people', align: 'right', width: 90 },
    ...checksOf(runs).map(([check, name]) => ({
      title: name,
      key: check,
      align: 'right' as const,
      width: 130,
      render: (_: unknown, run: CleaningRun) => {
        const count = run.counts.find((one) => one.check === check);
        if (!count) return '–';
        return (
          <>
            {count.found}{' '}
            <small className="quiet">
              新 {count.new} 消 {count.gone}
            </small>
          </>
        );
      },
    })),
    {
      title: '状态',
      width: 90,
      render: (_, run) => (
        <Mark tone={run.done ? 'good' : 'warning'}>{run.done ? '已完成' : '进行中'}</Mark>
      ),
    },
  ];
  return (
    <Table<CleaningRun>
      size="small"
      rowKey="id"
      dataSource={runs}
      columns={columns}
      scroll={{ x: 'max-content' }}
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: '还没有清查过' }}
    />
  );
}

/** Past passes of the checks with their counts over time, and past imports. */
export function RunsPage() {
  const runs = useQuery({
    queryKey: ['cleaning-runs'],
    queryFn: () => answer(api.GET('/api/v1/cleaning/runs')),
  });
  const imports = useQuery({
    queryKey: ['imports'],
    queryFn: () => answer(api.GET('/api/v1/imports')),
  });
  return (
    <Page title="信息清查">
      <PageTabs label="信息清查" tabs={tabs} />
      {runs.isError && <Failure error={runs.error} retry={() => void runs.refetch()} />}
      {imports.isError && <Failure error={imports.error} retry={() => void imports.refetch()} />}
      <div className="stack">
        {(runs.data?.length ?? 0) > 1 && (
          <Card size="small" title="各次清查找到的疑点">
            <Suspense fallback={<div className="chart" />}>
              <RunsChart runs={runs.data ?? []} checks={checksOf(runs.data ?? [])} />
            </Suspense>
          </Card>
        )}
        <Card size="small" title="历次清查">
          <RunsTable runs={runs.data ?? []} />
        </Card>
        <Card size="small" title="历次导入">
          <Table<Import>
            size="small"
            rowKey="id"
            loading={imports.isPending}
            dataSource={imports.data ?? []}
            columns={importColumns}
            pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: '还没有导入过' }}
          />
        </Card>
      </div>
    </Page>
  );
}
