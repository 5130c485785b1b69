import { useMutation, useQuery } from '@tanstack/react-query';
import {
  Alert,
  Button,
  Card,
  Checkbox,
  DatePicker,
  Form,
  Table,
  type TableColumnsType,
} from 'antd';
import type { Dayjs } from 'dayjs';
import { Link } from 'react-router';
import { answer, api, type AuditRun } from '../../api/client';
import { takeDay } from '../../app/keys';
import { useSession } from '../../app/session';
import { formatCount } from '../../parts/amount';
import { formatTime, toDay } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { PageTabs } from '../../parts/tabs';
import { useAuditStale } from './queries';
import { tabs } from './words';

interface Values {
  days: [Dayjs, Dayjs];
  full?: boolean;
}

function useRun() {
  const stale = useAuditStale();
  return useMutation({
    mutationFn: ({ days: [from, to], full }: Values) =>
      answer(
        api.POST('/api/v1/audit/runs', {
          body: {
            from: from.format('YYYY-MM-DD'),
            to: to.format('YYYY-MM-DD'),
            full: full ?? false,
          },
        }),
      ),
    onSettled: stale,
  });
}

/** What a run did, in a sentence. */
function resultText(done: AuditRun): string {
  if (done.people === 0) return `批次 ${done.id}：这段日期没有变动的结算单，不需要再审`;
  return [
    `批次 ${done.id}：${done.rules} 条规则审核 ${formatCount(done.people)} 人`,
    `单据 ${formatCount(done.bills)} 张、明细 ${formatCount(done.lines)} 条`,
    `命中 ${formatCount(done.found)}，新增 ${formatCount(done.fresh)}`,
    `不再命中 ${formatCount(done.gone)}`,
  ].join('，');
}

/** Runs the audit over a span of settlement days; again over the same it changes nothing. */
function RunCard() {
  const { today } = useSession();
  const run = useRun();
  const done = run.data;
  return (
    <Card size="small" title="立即审核">
      <Form
        layout="inline"
        className="draw-form"
        onFinish={(values: Values) => run.mutate(values)}
        initialValues={{ days: [toDay(`${today.slice(0, 7)}-01`), toDay(today)] }}
      >
        <Form.Item name="days" label="结算日期" rules={[{ required: true, message: '请选择日期' }]}>
          <DatePicker.RangePicker allowClear={false} onKeyDown={takeDay} />
        </Form.Item>
        <Form.Item name="full" valuePropName="checked">
          <Checkbox>重审全部人员（不勾只审有变动的）</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={run.isPending}>
          立即审核
        </Button>
      </Form>
      {run.isPending && <p className="quiet">正在审核，完成后结果列在下面，可以先去做别的。</p>}
      {run.isError && <Failure error={run.error} />}
      {done && !run.isPending && (
        <Alert
          type="success"
          showIcon
          title={resultText(done)}
          action={<Link to="/audit">去办理疑点</Link>}
        />
      )}
    </Card>
  );
}

function count(title: string, dataIndex: keyof AuditRun & string) {
  const width = title.length > 2 ? 84 : 66;
  return { title, dataIndex, align: 'right' as const, width, render: formatCount };
}

const columns: TableColumnsType<AuditRun> = [
  { title: '批次', dataIndex: 'id', ellipsis: { showTitle: true } },
  {
    title: '结算日期',
    width: 190,
    render: (_, row) => <span className="digits">{`${row.from} 至 ${row.to}`}</span>,
  },
  {
    title: '开始',
    dataIndex: 'started_at',
    width: 150,
    render: (at: string) => <span className="digits">{formatTime(at)}</span>,
  },
  { title: '发起人', dataIndex: 'by', width: 90, ellipsis: true },
  count('规则', 'rules'),
  count('人数', 'people'),
  count('单据', 'bills'),
  count('明细', 'lines'),
  count('命中', 'found'),
  count('新增', 'fresh'),
  count('不再命中', 'gone'),
];

/** What is told of a part, one sentence each: a list, or names with their counts or reasons. */
function sentences(of: unknown): string[] {
  if (Array.isArray(of)) return of.map(String);
  if (of && typeof of === 'object') {
    return Object.entries(of).map(([name, value]) => `${name}：${String(value)}`);
  }
  return of === null || of === undefined || of === '' ? [] : [String(of)];
}

function Sentences({ of }: { of: string[] }) {
  if (of.length === 0) return <span className="quiet">没有</span>;
  return (
    <>
      {formatCount(of.length)} 条
      <ul className="says">
        {of.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}

/** What the run says of its data: what was missing, which rules wait. */
function Quality({ of }: { of: AuditRun }) {
  const parts = Object.entries((of.quality ?? {}) as Record<string, unknown>);
  const names: Record<string, string> = { problems: '数据问题', waiting: '等待数据的规则' };
  return (
    <dl className="rule-page">
      <dt>规则版本</dt>
      <dd>{of.rules_edition}</dd>
      <dt>知识版本</dt>
      <dd>{of.knowledge_edition || '没有装入知识'}</dd>
      {parts.map(([name, value]) => (
        <div key={name} className="rule-parameter">
          <dt>{names[name] ?? name}</dt>
          <dd>
            <Sentences of={sentences(value)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every run of the audit over the service's own bills, and running it now. */
export function RunsPage() {
  const runs = useQuery({
    queryKey: ['audit-runs'],
    queryFn: () => answer(api.GET('/api/v1/audit/runs')),
  });
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      <div className="stack">
        <RunCard />
        {runs.isError && <Failure error={runs.error} retry={() => void runs.refetch()} />}
        <Table<AuditRun>
          size="small"
          rowKey="id"
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          loading={runs.isPending}
          dataSource={runs.data ?? []}
          columns={columns}
          expandable={{
            columnTitle: <span className="unseen">展开</span>,
            expandedRowRender: (row) => <Quality of={row} />,
          }}
          locale={nothing('还没有审核过', runs)}
        />
      </div>
    </Page>
  );
}
