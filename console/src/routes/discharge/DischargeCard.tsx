import { Button, Card, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DischargeView, GroupView } from '../../api/client';
import { useKey } from '../../app/keys';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { Facts } from '../../parts/facts';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { useDischarge } from './queries';
import { ReviewDialog, type Review } from './ReviewDialog';

function Codes({ of }: { of: DischargeView }) {
  const lines = [...of.diagnoses, ...of.procedures];
  return (
    <>
      <h4>诊断与手术操作</h4>
      <ul className="steps">
        {lines.map((one, at) => (
          <li key={`${at}${one.code}`}>
            <span className="digits list-code">{one.code}</span>
            <span>{one.name}</span>
            <span className="quiet">
              {one.main ? '主要' : ''}
              {one.kind} {one.on}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Findings({ of }: { of: DischargeView }) {
  return (
    <>
      <h4>质控结果</h4>
      {of.findings.length === 0 && <p className="quiet">没有发现问题</p>}
      <ul className="steps">
        {of.findings.map((one, at) => (
          <li key={`${at}${one.check}`}>
            <Mark tone={one.severity === 'error' ? 'bad' : 'warning'}>{one.severity_name}</Mark>
            <span>{one.message}</span>
            <span className="quiet">
              {one.field} {one.value}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Group({ of }: { of: GroupView }) {
  return (
    <div className="case-value" data-kind={of.kind}>
      <p>
        <Mark tone={of.used ? 'good' : 'plain'}>{of.kind.toUpperCase()}</Mark>{' '}
        <strong>{of.grouped ? of.code : '未入组'}</strong> {of.name || of.note}
        {of.weight && (
          <span className="digits">
            {' '}
            {of.kind === 'drg' ? '权重' : '分值'} {of.weight}
          </span>
        )}
      </p>
      <ol className="says">
        {of.said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <p className="quiet">
        {of.scheme}，{formatTime(of.at)} 分组，第{of.upload}次上传
        {of.used ? '' : '，不是启用的方案'}
      </p>
    </div>
  );
}

function Detail({ of, act }: { of: DischargeView; act: (review: Review) => void }) {
  const { list } = of;
  return (
    <>
      {list.state === 'submitted' && (
        <div className="worklist-actions">
          <Button type="primary" onClick={() => act('approve')}>
            审核通过<kbd>1</kbd>
          </Button>
          <Button onClick={() => act('return')}>
            退回<kbd>2</kbd>
          </Button>
        </div>
      )}
      <Facts
        of={[
          ['机构', list.institution_name],
          ['参保人', <Link to={`/people/${list.person_no}`}>{list.person_name}</Link>],
          ['结算', <Link to={`/settlement/${list.settlement}`}>{list.settlement}</Link>],
          ['总费用', <Amount value={list.total} />],
          ['基金支付', <Amount value={list.fund} />],
          ['上传', `${list.uploads} 次，${formatTime(list.received_at)}`],
          ...of.facts.map((fact): [string, string] => [fact.name, fact.value]),
        ]}
      />
      <Findings of={of} />
      <h4>分组</h4>
      {of.groups.length === 0 && <p className="quiet">还没有分组</p>}
      {of.groups.map((group) => (
        <Group key={group.kind + group.scheme_hash + group.at} of={group} />
      ))}
      <Codes of={of} />
    </>
  );
}

interface Props {
  id: string | undefined;
  decided: (id: string) => void;
  close: () => void;
}

/** One list: what was found, where it was grouped and why; 1 approves, 2 sends back. */
export function DischargeCard({ id, decided, close }: Props) {
  const file = useDischarge(id);
  const [review, setReview] = useState<Review>();
  const list = file.data?.list;
  const open = list?.state === 'submitted';
  const ask = (asked: Review) => (event: KeyboardEvent) => {
    event.preventDefault();
    setReview(asked);
  };
  useKey('1', ask('approve'), open);
  useKey('2', ask('return'), open);
  useKey('Escape', close, id !== undefined);
  if (id === undefined) {
    return (
      <Card size="small">
        <p className="worklist-hint">↑ ↓ 选择清单，回车看质控结果和分组说明</p>
      </Card>
    );
  }
  return (
    <Card size="small" title={list ? `${list.person_name} ${list.id}` : id}>
      {file.isPending && <Skeleton active />}
      {file.isError && <Failure error={file.error} />}
      {file.data && <Detail of={file.data} act={setReview} />}
      {list && review && (
        <ReviewDialog
          of={list}
          review={review}
          close={() => setReview(undefined)}
          decided={() => decided(list.id)}
        />
      )}
    </Card>
  );
}
