import { Button, Card, Form, Input, InputNumber, Select, type TableColumnsType } from 'antd';
import { useNavigate } from 'react-router';
import type { DoubtCount, SampleLine } from '../../api/client';
import { formatTime } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { PageTabs } from '../../parts/tabs';
import { groupsOf, type Group } from './groups';
import { useDoubtCounts, useDraw, useSamples } from './queries';
import { doubtStates, tabs } from './words';

const stateNames = new Map(doubtStates);

/** A filter in words. */
export function filterText(of: SampleLine['filter'], places: Map<string, string>): string {
  const states = (of.state ?? '').split(',').filter(Boolean);
  return [
    states.map((state) => stateNames.get(state) ?? state).join('、'),
    of.rule && `规则 ${of.rule}`,
    of.institution && (places.get(of.institution) ?? of.institution),
    of.strength,
    of.person && `人员 ${of.person}`,
    (of.from || of.to) && `${of.from ?? ''} 至 ${of.to ?? ''}`,
  ]
    .filter(Boolean)
    .join('，');
}

/** What the institutions among the counts are called. */
export function placesOf(counts: DoubtCount[]): Map<string, string> {
  return new Map(counts.map((one) => [one.institution, one.institution_name]));
}

function columnsOf(places: Map<string, string>): TableColumnsType<SampleLine> {
  return [
    { title: '抽样编号', dataIndex: 'id', width: 200 },
    { title: '范围', render: (_, row) => filterText(row.filter, places), ellipsis: true },
    { title: '符合', dataIndex: 'matched', align: 'right', width: 80 },
    { title: '抽出', dataIndex: 'drawn', align: 'right', width: 80 },
    { title: '种子', dataIndex: 'seed', width: 150 },
    { title: '抽样人', dataIndex: 'by', width: 100 },
    {
      title: '时间',
      dataIndex: 'at',
      width: 150,
      render: (at: string) => <span className="digits">{formatTime(at)}</span>,
    },
  ];
}

interface Values {
  group: string;
  count: number;
  seed?: string;
}

const waiting = ['proposed', 'first_review'];

function label(one: Group): string {
  return `${one.rule} ${one.ruleName}｜${one.institutionName}｜${one.doubts} 条`;
}

/** Draws from the doubts of one rule at one institution that wait for the first review. */
function DrawCard({ counts }: { counts: DoubtCount[] }) {
  const navigate = useNavigate();
  const draw = useDraw();
  const groups = groupsOf(counts, waiting);
  const send = ({ group, count, seed }: Values) => {
    const one = groups.find(({ id }) => id === group);
    if (!one) return;
    // One state at a time: what is decided in bulk afterwards has to be the same work.
    const states = counts.filter(
      (row) =>
        row.rule === one.rule && row.institution === one.institution && waiting.includes(row.state),
    );
    const filter = {
      state: states.map((row) => row.state).join(','),
      rule: one.rule,
      institution: one.institution,
    };
    draw.mutate(
      { filter, count, seed: seed?.trim() ?? '' },
      { onSuccess: (drawn) => void navigate(`/audit/samples/${drawn.id}`) },
    );
  };
  return (
    <Card size="small" title="抽样：样本逐条办完以后，其余的才能批量办理">
      <Form layout="inline" onFinish={send} initialValues={{ count: 10 }} className="draw-form">
        <Form.Item
          name="group"
          label="规则和机构"
          rules={[{ required: true, message: '请选择范围' }]}
        >
          <Select
            className="draw-group"
            showSearch={{ optionFilterProp: 'label' }}
            options={groups.map((one) => ({ value: one.id, label: label(one) }))}
            notFoundContent="没有待初审和待通知的疑点"
          />
        </Form.Item>
        <Form.Item name="count" label="抽几条" rules={[{ required: true, message: '请填写' }]}>
          <InputNumber min={1} max={200} precision={0} />
        </Form.Item>
        <Form.Item name="seed" label="种子">
          <Input maxLength={40} placeholder="不填由系统给出" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={draw.isPending}>
          抽样
        </Button>
      </Form>
      {draw.isError && <Failure error={draw.error} />}
    </Card>
  );
}

/** Samples drawn so far, and drawing another. */
export function SamplesPage() {
  const navigate = useNavigate();
  const samples = useSamples();
  const counts = useDoubtCounts({}).data ?? [];
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      <div className="stack">
        <DrawCard counts={counts} />
        {samples.isError && <Failure error={samples.error} retry={() => void samples.refetch()} />}
        <Rows<SampleLine>
          idOf={(row) => row.id}
          open={(row) => void navigate(`/audit/samples/${row.id}`)}
          loading={samples.isPending}
          dataSource={samples.data ?? []}
          columns={columnsOf(placesOf(counts))}
          locale={nothing('还没有抽过样', samples)}
        />
      </div>
    </Page>
  );
}
