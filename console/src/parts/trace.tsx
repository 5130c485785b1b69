import { Tooltip } from 'antd';
import { Fragment } from 'react';
import type { TraceParameter, TraceStep } from '../api/client';
import { Amount, magnitude } from './amount';
import { Mark } from './mark';

/** Where the law says a value, and that nobody says it when the value is assumed. */
export function SourceText({ parameter }: { parameter: Pick<TraceParameter, 'source'> }) {
  const { document, article } = parameter.source;
  return (
    <>
      {document}
      {article && ` ${article}`}
    </>
  );
}

export function AssumedTag({ reason }: { reason?: string | null }) {
  return (
    <Tooltip title={reason ?? '没有文件明确规定'}>
      <Mark tone="warning" tabIndex={0}>
        推定
      </Mark>
    </Tooltip>
  );
}

function Parameter({ parameter }: { parameter: TraceParameter }) {
  return (
    <li className="trace-parameter">
      <span className="trace-parameter-value">
        {parameter.title}
        {parameter.value_text && `：${parameter.value_text}`}
      </span>
      <span className="trace-parameter-source">
        {parameter.assumed && <AssumedTag reason={parameter.assumed_reason} />}
        <SourceText parameter={parameter} />
        <span className="digits">（{parameter.effective_from} 起）</span>
      </span>
    </li>
  );
}

/** The bar of one step: what is left after it in solid colour, what it took or added beside it. */
function Bar({ step, scale }: { step: TraceStep; scale: number }) {
  if (step.before == null || step.after == null || step.before === step.after) return null;
  if (scale === 0) return null;
  const before = magnitude(step.before);
  const after = magnitude(step.after);
  const share = (part: number) => `${(part / scale) * 100}%`;
  return (
    <div className="trace-bar" aria-hidden="true">
      <span className="trace-bar-kept" style={{ width: share(Math.min(before, after)) }} />
      <span
        className={after < before ? 'trace-bar-taken' : 'trace-bar-added'}
        style={{ width: share(Math.abs(before - after)) }}
      />
    </div>
  );
}

function Step({ step, order, scale }: { step: TraceStep; order: number; scale: number }) {
  const { before, after } = step;
  return (
    <li className="trace-step" data-step={step.code}>
      <span className="trace-order">{order}</span>
      <div className="trace-body">
        <div className="trace-line">
          <strong>{step.title}</strong>
          <span className="trace-move">
            {before != null && before !== after && (
              <>
                <Amount value={before} />
                <span className="trace-arrow">→</span>
              </>
            )}
            {after != null && <Amount value={after} strong />}
          </span>
        </div>
        <Bar step={step} scale={scale} />
        <p>{step.sentence}</p>
        {step.amounts.length > 0 && (
          <ul className="trace-amounts">
            {step.amounts.map((item, at) => (
              <li key={`${at}${item.label}`}>
                <span>{item.label}</span>
                <Amount value={item.amount} />
              </li>
            ))}
          </ul>
        )}
        {step.parameters.length > 0 && (
          <ul className="trace-parameters">
            {step.parameters.map((parameter, at) => (
              <Parameter key={`${at}${parameter.key}`} parameter={parameter} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** A decision drawn as a waterfall: each step, what it did to the money, which clause says so. */
export function Trace({ steps }: { steps: TraceStep[] }) {
  const scale = Math.max(0, ...steps.flatMap((s) => [magnitude(s.before), magnitude(s.after)]));
  return (
    <ol className="trace">
      {steps.map((step, at) => (
        <Fragment key={`${at}${step.code}`}>
          {step.group && step.group !== steps[at - 1]?.group && (
            <li className="trace-group">{step.group}</li>
          )}
          <Step step={step} order={at + 1} scale={scale} />
        </Fragment>
      ))}
    </ol>
  );
}
