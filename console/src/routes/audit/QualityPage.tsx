import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { answer, api, type RuleQuality } from '../../api/client';
import { Amount, formatCount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { PageTabs } from '../../parts/tabs';
import { tabs } from './words';

const high = 20;
const wide = 12;

/** What was decided month by month: confirmed above dismissed. */
function Trend({ of }: { of: RuleQuality['months'] }) {
  const most = Math.max(1, ...of.map((one) => one.confirmed + one.dismissed));
  const said = of.map((one) => `${one.month} 确认${one.confirmed} 不成立${one.dismissed}`);
  return (
    <svg
      className="trend"
      width={of.length * wide}
      height={high + 1}
      role="img"
      aria-label={said.join('；')}
    >
      <title>{said.join('\n')}</title>
      {of.map((one, at) => {
        const confirmed = (one.confirmed / most) * high;
        const dismissed = (one.dismissed / most) * high;
        const x = at * wide;
        return (
          <g key={one.month}>
            <rect className="trend-base" x={x} y={high} width={wide - 3} height={1} />
            <rect
              className="trend-dismissed"
              x={x}
              y={high - dismissed}
              width={wide - 3}
              height={dismissed}
            />
            <rect
              className="trend-confirmed"
              x={x}
              y={high - dismissed - confirmed}
              width={wide - 3}
              height={confirmed}
            />
          </g>
        );
      })}
    </svg>
  );
}

/** The confirmed rate above the floors of the law. */
function Share({ of }: { of: RuleQuality }) {
  return (
    <>
      {of.share ? <strong>{of.share}</strong> : <span className="quiet">没有办结</span>}
      {of.share && !of.enough && (
        <small className="quiet">（办结少于 {of.needed} 条，不评判）</small>
      )}
      <small className="quiet table-line digits">
        降级线 {of.floor}，恢复线 {of.restored}
      </small>
    </>
  );
}

/** How strong the rule works now; where it fell, from what it fell. */
function Strength({ of }: { of: RuleQuality }) {
  if (!of.strength_name) return <span className="quiet">没有审核过</span>;
  const fallen = of.declared_name !== of.strength_name;
  return (
    <>
      <Mark tone={fallen ? 'bad' : 'plain'}>{of.strength_name}</Mark>
      {fallen && <small className="quiet table-line">原为{of.declared_name}，已降级</small>}
    </>
  );
}

function number(title: string, dataIndex: keyof RuleQuality & string) {
  const width = title.length > 3 ? 84 : 64;
  return { title, dataIndex, align: 'right' as const, width, render: formatCount };
}

const columns: TableColumnsType<RuleQuality> = [
  {
    title: '规则',
    render: (_, row) => (
      <Link to={`/audit?desk=all&rule=${row.rule}`}>
        {row.rule} {row.rule_name}
      </Link>
    ),
  },
  { title: '等级', width: 120, render: (_, row) => <Strength of={row} /> },
  number('命中', 'hits'),
  number('通知', 'published'),
  number('申诉', 'appealed'),
  number('申诉成立', 'reversed'),
  number('确认', 'confirmed'),
  number('不成立', 'dismissed'),
  { title: '确认率', width: 200, render: (_, row) => <Share of={row} /> },
  { title: '近六个月', width: 92, render: (_, row) => <Trend of={row.months} /> },
  {
    title: '扣减金额',
    dataIndex: 'deducted',
    align: 'right',
    width: 110,
    render: (value: string) => <Amount value={value} quietZero />,
  },
];

/** What each rule is worth by what reviewers decided, and whether it may still deduct by itself. */
export function QualityPage() {
  const board = useQuery({
    queryKey: ['rule-quality'],
    queryFn: () => answer(api.GET('/api/v1/audit/quality')),
  });
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      {board.isError && <Failure error={board.error} retry={() => void board.refetch()} />}
      <Table<RuleQuality>
        size="small"
        rowKey="rule"
        pagination={{ pageSize: 40, hideOnSinglePage: true, showSizeChanger: false }}
        loading={board.isPending}
        dataSource={board.data ?? []}
        columns={columns}
        locale={nothing('还没有规则命中过', board)}
      />
      <p className="quiet legend">
        <i className="legend-confirmed" /> 确认 <i className="legend-dismissed" /> 不成立；
        违规规则的确认率低于降级线时只作可疑，回到恢复线以上再直接扣减。
      </p>
    </Page>
  );
}
