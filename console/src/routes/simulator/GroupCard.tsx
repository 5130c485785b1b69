import { Card } from 'antd';
import type { SimulatedGroup } from '../../api/client';
import { Amount } from '../../parts/amount';
import { Mark } from '../../parts/mark';

/** The figures of a group: weight, pay, and how it stands against the cost. */
function Figures({ of, drg }: { of: SimulatedGroup; drg: boolean }) {
  const { payment } = of;
  return (
    <dl className="figures">
      <div>
        <dt>{drg ? '权重' : '病例分值'}</dt>
        <dd>{of.weight ?? '没有'}</dd>
      </div>
      {payment && (
        <>
          <div>
            <dt>支付标准</dt>
            <dd>
              <Amount value={payment.standard} />
            </dd>
          </div>
          <div>
            <dt>基金预计支付</dt>
            <dd>
              <Amount value={payment.due} />
            </dd>
          </div>
          {payment.margin != null && (
            <div>
              <dt>支付标准减总费用</dt>
              <dd>
                <Amount value={payment.margin} />
              </dd>
            </div>
          )}
        </>
      )}
    </dl>
  );
}

function Said({ title, sentences }: { title: string; sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ol className="says">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </>
  );
}

/** Where the case goes, what it would be paid, and why. */
export function GroupCard({ of, drg }: { of: SimulatedGroup; drg: boolean }) {
  return (
    <Card size="small" className="simulator-group">
      <p className="simulator-code">
        {of.refusal ? (
          <Mark tone="bad">未入组</Mark>
        ) : (
          <strong data-group={of.code}>{of.code}</strong>
        )}
        <span>{of.refusal ?? of.name}</span>
      </p>
      {!of.refusal && (
        <p className="simulator-marks">
          {of.category && <Mark tone="plain">{of.category}</Mark>}
          <Mark tone="plain">{of.level}</Mark>
          {of.payment && (
            <Mark tone={of.payment.unusual ? 'warning' : 'good'}>{of.payment.class_name}</Mark>
          )}
        </p>
      )}
      {!of.refusal && <Figures of={of} drg={drg} />}
      <Said title="为什么" sentences={of.sentences} />
      <Said title="怎么算" sentences={of.payment?.sentences ?? []} />
    </Card>
  );
}
