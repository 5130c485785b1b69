import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { failureOf, type CaseValue } from '../../api/client';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { useCaseValues } from './queries';

function Value({ of, newest }: { of: CaseValue; newest: boolean }) {
  return (
    <div className="case-value">
      <p>
        <strong>{of.group_code || '未入组'}</strong> {of.group_name}{' '}
        <Mark tone="plain">{of.class}</Mark> {of.points} 点（分）；按项目基金{' '}
        <Amount value={of.fund} />
        ，按预估点值 <Amount value={of.estimate} strong />
        <span className="quiet">
          {' '}
          {formatTime(of.computed_at)} 计算{newest ? '' : '，已被更新'}
        </span>
      </p>
      {of.change && <p className="case-change">变化：{of.change}</p>}
      {newest && (
        <ol className="says">
          {of.trace.map((step) => (
            <li key={step.sentence}>
              <strong>{step.name}</strong>：{step.sentence}
              <span className="quiet">（{step.source}）</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** Why a case has the points it has, and why they changed. */
export function CaseTrace({ settlement }: { settlement: string }) {
  const values = useCaseValues(settlement);
  if (values.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  const unvalued = values.isError && failureOf(values.error).status === 404;
  if (values.isError && !unvalued) return <Failure error={values.error} />;
  const known = values.data ?? [];
  return (
    <>
      {known.length === 0 && (
        <p className="quiet">这笔结算没有计算点数或分值（门诊、按项目，或还没有分组）。</p>
      )}
      {known.map((value, at) => (
        <Value key={`${value.number} ${value.computed_at}`} of={value} newest={at === 0} />
      ))}
      <Link to={`/settlement/${settlement}`}>结算单和待遇计算过程</Link>
    </>
  );
}
