import { useQuery } from '@tanstack/react-query';
import { Button, Card, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answer, api, type Finding, type FindingDetail } from '../../api/client';
import { useKey } from '../../app/keys';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { DecisionDialog } from './DecisionDialog';
import { decisions, findingTone, type DecisionWord } from './words';

const percent = (score: number) => `${Math.floor(score / 10)}%`;

function person(no: string, name: string) {
  return (
    <>
      {name} <Link to={`/people/${no}`}>{no}</Link>
    </>
  );
}

/** The fields of one or both records side by side; those that differ are tinted. */
function Evidence({ of }: { of: FindingDetail }) {
  const { finding } = of;
  const pair = Boolean(finding.other_no);
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="name"
      dataSource={of.fields}
      rowClassName={(row) => (pair && row.one !== row.two ? 'evidence-differs' : '')}
      columns={[
        { title: '字段', dataIndex: 'name', width: 100 },
        { title: person(finding.person_no, finding.person_name), dataIndex: 'one' },
        ...(finding.other_no
          ? [
              { title: person(finding.other_no, finding.other_name ?? ''), dataIndex: 'two' },
              {
                title: '相似',
                width: 60,
                align: 'right' as const,
                render: (_: unknown, row: FindingDetail['fields'][number]) =>
                  row.score == null ? '' : percent(row.score),
              },
            ]
          : []),
      ]}
    />
  );
}

function Contradictions({ of }: { of: FindingDetail }) {
  if (of.against.length === 0) return null;
  return (
    <>
      <h4>矛盾之处</h4>
      <Table
        size="small"
        pagination={false}
        rowKey={(row) => row.name + row.found}
        dataSource={of.against}
        columns={[
          { title: '字段', dataIndex: 'name', width: 100 },
          { title: '登记的值', dataIndex: 'found' },
          { title: '与之矛盾', dataIndex: 'against' },
        ]}
      />
    </>
  );
}

function History({ of }: { of: FindingDetail }) {
  if (of.history.length === 0) return null;
  return (
    <>
      <h4>处理经过</h4>
      <ul className="steps">
        {of.history.map((step) => (
          <li key={step.at + step.decision}>
            <span className="digits">{step.at}</span>
            <span>{step.by}</span>
            <span>{step.decision_name}</span>
            <span className="quiet">{step.note}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function useFinding(id: string | undefined) {
  return useQuery({
    queryKey: ['finding', id],
    queryFn: () =>
      answer(api.GET('/api/v1/cleaning/findings/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: Boolean(id),
  });
}

function title(of: Finding) {
  return (
    <>
      {of.check_name} <Mark tone={findingTone(of.state)}>{of.state_name}</Mark>
      {of.assigned && <small className="quiet"> 交 {of.assigned}</small>}
    </>
  );
}

interface Props {
  id: string | undefined;
  decided: (id: string) => void;
  close: () => void;
}

/** One finding with its evidence, decided by button or by the number beside it. */
export function FindingCard({ id, decided, close }: Props) {
  const found = useFinding(id);
  const [deciding, setDeciding] = useState<DecisionWord | null>(null);
  const of = id ? found.data : undefined;
  const able = decisions.filter((one) => of?.decisions.includes(one.word));
  const byKey = (key: string) => {
    const one = able.find((decision) => decision.key === key);
    return (event: KeyboardEvent) => {
      if (!one) return;
      event.preventDefault();
      setDeciding(one.word);
    };
  };
  useKey('1', byKey('1'));
  useKey('2', byKey('2'));
  useKey('3', byKey('3'));
  useKey('4', byKey('4'));
  useKey('5', byKey('5'));
  useKey('6', byKey('6'));
  useKey('Escape', close, Boolean(id));
  if (!id) {
    return (
      <Card size="small">
        <p className="worklist-hint">↑ ↓ 选择疑点，回车查看证据，按数字键处理</p>
      </Card>
    );
  }
  return (
    <Card size="small" title={of ? title(of.finding) : '疑点'}>
      {found.isPending && <Skeleton active />}
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {of && (
        <>
          <div className="worklist-actions">
            {able.map((one) => (
              <Button
                key={one.word}
                type={one.key === '1' ? 'primary' : 'default'}
                onClick={() => setDeciding(one.word)}
              >
                {one.name}
                <kbd>{one.key}</kbd>
              </Button>
            ))}
          </div>
          {of.finding.other_no && <p>{of.finding.summary}</p>}
          <Evidence of={of} />
          <Contradictions of={of} />
          <History of={of} />
          {deciding && (
            <DecisionDialog
              of={of.finding}
              word={deciding}
              decided={() => decided(of.finding.id)}
              close={() => setDeciding(null)}
            />
          )}
        </>
      )}
    </Card>
  );
}
