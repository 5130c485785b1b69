import { Button, Card } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FilingView } from '../../api/client';
import { useKey } from '../../app/keys';
import { formatPeriod, formatTime } from '../../parts/day';
import { Facts } from '../../parts/facts';
import { Mark } from '../../parts/mark';
import { VerdictDialog, type Verdict } from './VerdictDialog';
import { filingTone } from './words';

/** What a filing says and what was done with it so far. */
export function FilingFacts({ of }: { of: FilingView }) {
  return (
    <>
      <Facts
        of={[
          ['事由', of.subject],
          ['期间', formatPeriod(of.from, of.to)],
          ['办理机构', of.institution_name || '经办窗口'],
          ['选定机构', of.institutions.map((one) => one.name).join('、') || '不限'],
          ...of.facts.map((fact): [string, string] => [fact.name, fact.value]),
        ]}
      />
      <h4>办理经过</h4>
      <ul className="steps">
        {of.steps.map((step) => (
          <li key={step.at + step.done}>
            <span className="digits">{formatTime(step.at)}</span>
            <span>{step.by}</span>
            <span>{step.done}</span>
            <span className="quiet">{step.note}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface Props {
  of: FilingView | undefined;
  decided: (id: string) => void;
  close: () => void;
}

/** One filing: 1 grants it, 2 refuses it or takes back what was granted. */
export function FilingCard({ of, decided, close }: Props) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const grants = of?.state === 'pending' || (of?.state === 'valid' && !of.reviewed);
  const refuses = of?.state === 'pending' || of?.state === 'valid';
  const ask = (asked: Verdict) => (event: KeyboardEvent) => {
    event.preventDefault();
    setVerdict(asked);
  };
  useKey('1', ask('approve'), grants);
  useKey('2', ask('reject'), refuses);
  useKey('Escape', close, Boolean(of));
  if (!of) {
    return (
      <Card size="small">
        <p className="worklist-hint">↑ ↓ 选择备案，回车查看，按数字键审核</p>
      </Card>
    );
  }
  return (
    <Card
      size="small"
      title={
        <>
          {of.class_name} <Link to={`/people/${of.person_no}`}>{of.person_name}</Link>{' '}
          <Mark tone={filingTone(of.state)}>{of.state_name}</Mark>
        </>
      }
    >
      <div className="worklist-actions">
        {grants && (
          <Button type="primary" onClick={() => setVerdict('approve')}>
            {of.state === 'valid' ? '复核通过' : '准予'}
            <kbd>1</kbd>
          </Button>
        )}
        {refuses && (
          <Button danger onClick={() => setVerdict('reject')}>
            {of.state === 'valid' ? '取消备案' : '不予'}
            <kbd>2</kbd>
          </Button>
        )}
      </div>
      <FilingFacts of={of} />
      {verdict && (
        <VerdictDialog
          of={of}
          verdict={verdict}
          decided={() => decided(of.id)}
          close={() => setVerdict(null)}
        />
      )}
    </Card>
  );
}
