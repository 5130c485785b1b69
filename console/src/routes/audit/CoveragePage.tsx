import { useQuery } from '@tanstack/react-query';
import { Card, DatePicker, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answer, api, type CoveredRule } from '../../api/client';
import { useSession } from '../../app/session';
import { addAmounts, Amount, formatAmount, formatCount } from '../../parts/amount';
import { toDay } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { PageTabs } from '../../parts/tabs';
import { tabs } from './words';
import { growth, inWan, isLarge, share, yearBefore } from './yearly';

function useCoverage(from: string, to: string) {
  return useQuery({
    queryKey: ['audit-coverage', from, to],
    queryFn: () => answer(api.GET('/api/v1/audit/coverage', { params: { query: { from, to } } })),
    placeholderData: (previous) => previous,
  });
}

type Covered = NonNullable<ReturnType<typeof useCoverage>['data']>;

/** A figure that annual reports print: what it is now, and what it was in the same days before. */
interface Figure {
  name: string;
  measure: string;
  now: bigint;
  before: bigint;
  /** How many of the unit are one of the measure: a yuan is a hundred fen. */
  unit?: bigint;
  /** What it is a part of. */
  whole?: bigint;
}

const fenOf = (amount: string) => BigInt(amount.replace('.', ''));

/** The figures in the order and the words of annual reports. */
function figuresOf(of: Covered, before: Covered): Figure[] {
  const count = (name: string, measure: string, key: CountKey, whole?: CountKey): Figure => ({
    name,
    measure,
    now: BigInt(of[key]),
    before: BigInt(before[key]),
    ...(whole && { whole: BigInt(of[whole]) }),
  });
  const [now, then] = [fenOf(of.deducted), fenOf(before.deducted)];
  return [
    count('智能审核规则', '条', 'rules'),
    { name: '智能审核扣款', measure: '元', now, before: then, unit: 100n },
    count('审核单据', '张', 'bills'),
    count('发现违规单据', '张', 'bills_touched', 'bills'),
    count('审核明细', '条', 'lines'),
    count('发现违规明细', '条', 'lines_flagged', 'lines'),
  ];
}

type CountKey = 'rules' | 'bills' | 'bills_touched' | 'lines' | 'lines_flagged';

/** A value in full. */
function plain(value: bigint, unit = 1n): string {
  if (unit === 1n) return formatCount(Number(value));
  const digits = value.toString().padStart(3, '0');
  return formatAmount(`${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

function Figures({ of }: { of: Figure[] }) {
  return (
    <dl className="figures">
      {of.map(({ name, measure, now, before, unit, whole }) => (
        <div key={name}>
          <dt>
            {name}（{measure}）
          </dt>
          <dd>{plain(now, unit)}</dd>
          <dd className="figures-beside">
            {whole !== undefined && share(now, whole) && <span>占 {share(now, whole)}</span>}
            <span>上年同期 {plain(before, unit)}</span>
            {growth(now, before) && <span>{growth(now, before)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A figure as the sentence of an annual report says it. */
function phrase({ name, measure, now, before, unit, whole }: Figure): string {
  const value = isLarge(now, unit) ? inWan(now, unit) : plain(now, unit);
  const part = whole !== undefined && share(now, whole);
  const said = [`${name}${value}${measure}`, part && `占${part}`, growth(now, before)];
  return said.filter(Boolean).join('，');
}

/** What the figures count. */
const meaning = [
  '审核单据、审核明细按结算日期计，审过几次都只计一次；其余按费用日期计',
  '违规单据、违规明细按规则命中计，尚在办理和认定不成立的也在内',
  '扣款是已经列入清算的扣减，减去退还。',
].join('；');

/** The sentence that an annual report prints. */
function Sentence({ of, from, to }: { of: Figure[]; from: string; to: string }) {
  return (
    <div className="coverage-says">
      <p>
        {from} 至 {to}，{of.map(phrase).join('；')}。
      </p>
      <p className="quiet">{meaning}</p>
    </div>
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
          { title: '疑点', dataIndex: 'doubts', align: 'right', width: 110, render: formatCount },
          { title: '涉及机构', dataIndex: 'institutions', align: 'right', width: 110 },
          {
            title: '基金支付（估计）',
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
                {formatCount(rows.reduce((sum, row) => sum + row.doubts, 0))}
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
  const before = useCoverage(yearBefore(from), yearBefore(to));
  const failed = [covered, before].find((one) => one.isError);
  const figures = covered.data && before.data && figuresOf(covered.data, before.data);
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      <div className="filters">
        <span>费用日期</span>
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
      {failed && <Failure error={failed.error} retry={() => void failed.refetch()} />}
      {!figures && !failed && <Skeleton active />}
      {figures && covered.data && (
        <div className="stack">
          <Figures of={figures} />
          <Sentence of={figures} from={from} to={to} />
          <ByRule rows={covered.data.by_rule} />
        </div>
      )}
    </Page>
  );
}
