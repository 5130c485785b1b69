import { Card, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { DoubtCase, DoubtLine, RulePage } from '../../api/client';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { Facts } from '../../parts/facts';
import { Mark } from '../../parts/mark';
import { LineTimeline, VisitTimeline } from './Timeline';

const lineColumns: TableColumnsType<DoubtLine> = [
  {
    title: '时间',
    dataIndex: 'at',
    width: 118,
    render: (at: string) => (
      <span className="digits" title={formatTime(at)}>
        {formatTime(at).slice(0, 16)}
      </span>
    ),
  },
  {
    title: '项目和命中的规则',
    render: (_, row) => (
      <>
        {row.item_name || row.item} <small className="quiet item-code">{row.item}</small>
        {row.covered && <Mark tone="bad">本疑点</Mark>}{' '}
        {row.other_rules.map((rule) => (
          <Mark key={rule} tone="plain">
            {rule}
          </Mark>
        ))}
      </>
    ),
  },
  {
    title: '金额',
    dataIndex: 'total',
    align: 'right',
    width: 86,
    render: (value: string) => <Amount value={value} />,
  },
  {
    title: '范围内',
    dataIndex: 'in_scope',
    align: 'right',
    width: 86,
    render: (value: string, row) => <Amount value={value} strong={row.covered} />,
  },
];

/** The lines of the visit, those in doubt first and marked. */
export function LinesCard({ of }: { of: DoubtCase }) {
  const lines = [...of.lines].sort((one, other) => Number(other.covered) - Number(one.covered));
  const hit = lines.filter((one) => one.covered).length;
  return (
    <Card size="small" title={`涉及明细 ${hit} 条，该次就诊共 ${lines.length} 条`}>
      <LineTimeline lines={of.lines} />
      <Table<DoubtLine>
        size="small"
        rowKey="line"
        pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={lines}
        columns={lineColumns}
        rowClassName={(row) => (row.covered ? 'evidence-differs' : '')}
      />
      {of.beside.length > 0 && (
        <>
          <h2 className="evidence-beside">同一结算单的其他疑点</h2>
          <ul className="says">
            {of.beside.map((one) => (
              <li key={one.rule + one.says}>
                {one.rule} {one.rule_name}：{one.says} <Amount value={one.amount} />
              </li>
            ))}
          </ul>
          <p className="quiet">同一明细被几条规则命中的，只扣一次，取金额大的。</p>
        </>
      )}
    </Card>
  );
}

function said(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function field(of: unknown, name: string): unknown {
  return of && typeof of === 'object' ? (of as Record<string, unknown>)[name] : undefined;
}

/** The columns of knowledge in words; others stand as they are. */
const knowledgeNames: Record<string, string> = {
  id: '编号',
  kp_id: '编号',
  version: '版本',
  region: '地区',
  from: '施行',
  until: '失效',
  severity: '等级',
  status: '状态',
  item: '项目编码',
  item_name: '项目名称',
  item_prefix: '编码前缀',
  text: '内容',
  basis: '依据',
  note: '说明',
  sex: '性别',
  age_class: '年龄',
  min_level: '最低机构等级',
  setting: '就医方式',
  main: '主项目',
  part: '从项目',
  window: '时间窗',
  cap: '上限',
  unit: '单位',
  max_times: '次数上限',
  max_pay_days: '支付天数上限',
  window_days: '期间天数',
  max_amount: '金额上限',
  diagnosis_names: '诊断',
  department_names: '科室',
  exempt_diagnoses: '除外诊断',
  exempt_departments: '除外科室',
  cares: '医疗类别',
  insurances: '险种',
};

const places = Object.keys(knowledgeNames);

/** Columns in the order of the names above, those without a name last. */
function byPlace([one]: [string, unknown], [other]: [string, unknown]): number {
  const place = (name: string) => {
    const at = places.indexOf(name);
    return at < 0 ? places.length : at;
  };
  return place(one) - place(other);
}

/** The knowledge row that the hit rests on, as it stood then. */
export function KnowledgeCard({ of }: { of: DoubtCase }) {
  const row = field(of.evidence, 'knowledge');
  const facts = field(of.evidence, 'facts');
  const table = said(field(of.evidence, 'table'));
  const shown = row && typeof row === 'object' ? Object.entries(row).sort(byPlace) : [];
  return (
    <Card size="small" title={`知识条目 ${table && `${table} `}${of.knowledge}`}>
      {Array.isArray(facts) && facts.length > 0 && <p>证据要素：{facts.map(said).join('，')}</p>}
      {shown.length > 0 ? (
        <Facts
          of={shown
            .filter(([, value]) => said(value) !== '')
            .map(([name, value]) => [knowledgeNames[name] ?? name, said(value)])}
        />
      ) : (
        <p className="quiet">
          {of.knowledge ? '命中时没有留下条目原文。' : '本规则不引用知识条目，只看明细和参数。'}
        </p>
      )}
    </Card>
  );
}

/** The rule's page. */
export function RuleCard({ of }: { of: RulePage }) {
  return (
    <Card size="small" title={`规则 ${of.id} ${of.name}（${of.category}，第${of.version}版）`}>
      <dl className="rule-page">
        <dt>查什么</dt>
        <dd>{of.finds}</dd>
        <dt>为什么不对</dt>
        <dd>{of.why}</dd>
        <dt>依据</dt>
        <dd>{of.clause}</dd>
        <dt>已知误报</dt>
        <dd>{of.false_alarms}</dd>
        {of.parameters.map(([key, value, meaning]) => (
          <div key={key} className="rule-parameter">
            <dt>参数</dt>
            <dd>
              {meaning}：<strong>{value}</strong> <code className="quiet">{key}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** The person's visits around the fees. */
export function TimelineCard({ of }: { of: DoubtCase }) {
  const { doubt } = of;
  return (
    <Card
      size="small"
      title={
        <>
          就诊时间线 {doubt.person_name} <small className="quiet">前后半年，红线为费用日期</small>
        </>
      }
      extra={doubt.settlement && <Link to={`/settlement/${doubt.settlement}`}>结算单</Link>}
    >
      <VisitTimeline of={of} />
    </Card>
  );
}
