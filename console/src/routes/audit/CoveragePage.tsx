import { useQuery } from '@tanstack/react-query';
import { Card, DatePicker, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answer, api, type CoveredRule } from '../../api/client';
import { useSession } from '../../app/session';
import { addAmounts, Amount, formatAmount } from '../../parts/amount';
import { toDay } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { PageTabs } from '../../parts/tabs';
import { tabs } from './words';

function useCoverage(from: string, to: string) {
  return useQuery({
    queryKey: ['audit-coverage', from, to],
    queryFn: () => answer(api.GET('/api/v1/audit/coverage', { params: { query: { from, to } } })),
    placeholderData: (previous) => previous,
  });
}

type Covered = NonNullable<ReturnType<typeof useCoverage>['data']>;

/** A count with its thousands apart; large ones also in ten thousands, as annual reports say it. */
function Count({ value }: { value: number }) {
  const grouped = String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  if (value < 100_000) return <>{grouped}</>;
  return (
    <>
      {grouped} <small className="quiet">{(value / 10_000).toFixed(2)}万</small>
    </>
  );
}

function Figures({ of }: { of: Covered }) {
  const cells: [string, React.ReactNode][] = [
    ['启用规则', of.rules],
    ['审核单据', <Count key="bills" value={of.bills} />],
    ['审核明细', <Count key="lines" value={of.lines} />],
    ['命中明细', <Count key="flagged" value={of.lines_flagged} />],
    ['涉及单据', <Count key="touched" value={of.bills_touched} />],
    ['扣减金额（元）', formatAmount(of.deducted)],
  ];
  return (
    <dl className="figures">
      {cells.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The sentence that an annual report prints. */
function Sentence({ of, from, to }: { of: Covered; from: string; to: string }) {
  return (
    <p className="coverage-says">
      {from} 至 {to}，运用 {of.rules} 条规则审核结算单据 {of.bills} 张、费用明细 {of.lines} 条，
      命中明细 {of.lines_flagged} 条，涉及单据 {of.bills_touched} 张，扣减基金支付{' '}
      {formatAmount(of.deducted)} 元。
    </p>
  );
}

function ByRule({ rows }: { rows: CoveredRule[] }) {
  return (
    <Card size="small" title="分规则">
      <Table<CoveredRule>
        size="small"
        rowKey="rule"
        pagination={{ pageSize: 40, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={rows}
        locale={nothing('这段时间没有命中')}
        columns={[
          {
            title: '规则',
            render: (_, row) => (
              <Link to={`/audit?desk=all&rule=${row.rule}`}>
                {row.rule} {row.rule_name}
              </Link>
            ),
          },
          { title: '疑点', dataIndex: 'doubts', align: 'right', width: 110 },
          { title: '涉及机构', dataIndex: 'institutions', align: 'right', width: 110 },
          {
            title: '基金部分（估计）',
            dataIndex: 'amount',
            align: 'right',
            width: 150,
            render: (value: string) => <Amount value={value} />,
          },
        ]}
        summary={() =>
          rows.length > 0 && (
            <Table.Summary.Row className="total-row">
              <Table.Summary.Cell index={0}>合计 {rows.length} 条规则</Table.Summary.Cell>
              <Table.Summary.Cell index={1} align="right">
                {rows.reduce((sum, row) => sum + row.doubts, 0)}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={2} />
              <Table.Summary.Cell index={3} align="right">
                <Amount
                  value={rows.reduce((sum, row) => addAmounts(sum, row.amount), '0.00')}
                  strong
                />
              </Table.Summary.Cell>
            </Table.Summary.Row>
          )
        }
      />
    </Card>
  );
}

/** What the audit covered, as annual reports print it, and rule by rule. */
export function CoveragePage() {
  const { today } = useSession();
  const [[from, to], setDays] = useState<[string, string]>([`${today.slice(0, 4)}-01-01`, today]);
  const covered = useCoverage(from, to);
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      <div className="filters">
        <DatePicker.RangePicker
          aria-label="费用日期"
          allowClear={false}
          value={[toDay(from), toDay(to)]}
          onChange={(days) =>
            setDays([
              days?.[0]?.format('YYYY-MM-DD') ?? from,
              days?.[1]?.format('YYYY-MM-DD') ?? to,
            ])
          }
        />
      </div>
      {covered.isPending && <Skeleton active />}
      {covered.isError && <Failure error={covered.error} retry={() => void covered.refetch()} />}
      {covered.data && (
        <div className="stack">
          <Figures of={covered.data} />
          <Sentence of={covered.data} from={from} to={to} />
          <ByRule rows={covered.data.by_rule} />
        </div>
      )}
    </Page>
  );
}
