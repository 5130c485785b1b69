import { Button, Card, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DoubtCase, DoubtOffer, DoubtView } from '../../api/client';
import { useKey } from '../../app/keys';
import { useSession } from '../../app/session';
import { Amount, isZero } from '../../parts/amount';
import { Facts } from '../../parts/facts';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { KnowledgeCard, LinesCard, RuleCard, TimelineCard } from './Evidence';
import { MoveDialog } from './MoveDialog';
import { useDoubt } from './queries';
import { AttachmentsCard, MoneyCard, StepsCard } from './Way';
import { doubtTone, keyed, strengthTone } from './words';

/** How long there is left to act; `short` where the day itself is in the title. */
export function Clock({ due, short }: { due: string | null | undefined; short?: boolean }) {
  const { today } = useSession();
  if (!due) return <span className="quiet">{short ? '–' : '不计时'}</span>;
  const left = dayjs(due).diff(dayjs(today), 'day');
  const said = left < 0 ? `已过 ${-left} 天` : left === 0 ? '今天到期' : `还有 ${left} 天`;
  return (
    <Mark tone={left < 0 ? 'bad' : left <= 2 ? 'warning' : 'plain'} title={due}>
      {short ? said : `${due} ${said}`}
    </Mark>
  );
}

function amounts(of: DoubtView): [string, React.ReactNode][] {
  const shown: [string, string][] = [
    ['确认金额', of.confirmed],
    ['已扣减', of.deducted],
    ['已退还', of.released],
  ];
  return [
    ['政策范围内', <Amount key="in" value={of.in_scope} />],
    ['基金支付', <Amount key="fund" value={of.amount} strong />],
    ...shown
      .filter(([, value]) => !isZero(value))
      .map(([name, value]): [string, React.ReactNode] => [
        name,
        <Amount key={name} value={value} strong />,
      ]),
  ];
}

function Head({ of }: { of: DoubtView }) {
  const { role } = useSession();
  const person =
    of.person_no === '' ? (
      '不涉及个人'
    ) : role === 'hospital' ? (
      of.person_name
    ) : (
      <Link to={`/people/${of.person_no}`}>{of.person_name || of.person_no}</Link>
    );
  return (
    <Facts
      of={[
        ['机构', of.institution_name],
        ['参保人', person],
        ['费用日期', of.day],
        ...amounts(of),
        ['期限', <Clock key="due" due={of.due} />],
        ['疑点编号', of.id],
      ]}
    />
  );
}

interface ActionsProps {
  of: DoubtView;
  choose: (offer: DoubtOffer) => void;
}

/** The moves the server allows, each with the number that makes it; others with the reason. */
function Actions({ of, choose }: ActionsProps) {
  const moves = keyed(of.moves);
  const byKey = (key: string) => (event: KeyboardEvent) => {
    const one = moves.find((move) => move.key === key && !move.refused);
    if (!one) return;
    event.preventDefault();
    choose(one);
  };
  useKey('1', byKey('1'));
  useKey('2', byKey('2'));
  useKey('3', byKey('3'));
  useKey('4', byKey('4'));
  useKey('5', byKey('5'));
  useKey('6', byKey('6'));
  const stopped = moves.filter((one) => one.refused);
  return (
    <>
      <div className="worklist-actions">
        {moves.map((one) => (
          <Button
            key={one.verb}
            type={one.key === '1' && !one.refused && one.verb !== 'accept' ? 'primary' : 'default'}
            disabled={Boolean(one.refused)}
            onClick={() => choose(one)}
          >
            {one.name}
            <kbd>{one.key}</kbd>
          </Button>
        ))}
        {moves.length === 0 && <span className="quiet">现在没有要您办理的动作</span>}
      </div>
      {[...new Set(stopped.map((one) => one.refused))].map((why) => (
        <p key={why} className="doubt-stopped">
          {stopped
            .filter((one) => one.refused === why)
            .map((one) => one.name)
            .join('、')}
          ：{why}
        </p>
      ))}
    </>
  );
}

interface CaseProps {
  of: DoubtCase;
  forInstitution?: string;
  moved: () => void;
}

/** A doubt with all it is judged by, and what can be done with it. */
export function DoubtFile({ of, forInstitution, moved }: CaseProps) {
  const [making, setMaking] = useState<DoubtOffer>();
  return (
    <div className="stack">
      <div>
        <Actions of={of.doubt} choose={setMaking} />
        <p className="doubt-says">{of.doubt.says}</p>
        <Head of={of.doubt} />
      </div>
      <MoneyCard of={of} />
      <LinesCard of={of} />
      <TimelineCard of={of} />
      {of.rule && <RuleCard of={of.rule} />}
      <KnowledgeCard of={of} />
      <StepsCard of={of} />
      <AttachmentsCard of={of} {...(forInstitution && { speaks: forInstitution })} />
      {making && (
        <MoveDialog
          of={of.doubt}
          offer={making}
          {...(forInstitution && { forInstitution })}
          done={moved}
          close={() => setMaking(undefined)}
        />
      )}
    </div>
  );
}

/** What a doubt is called. */
export function DoubtTitle({ of }: { of: DoubtView }) {
  return (
    <>
      {of.rule} {of.rule_name} <Mark tone={strengthTone(of.strength)}>{of.strength_name}</Mark>{' '}
      <Mark tone={doubtTone(of.state)}>{of.state_name}</Mark>
    </>
  );
}

interface Props {
  id: string | undefined;
  forInstitution?: string;
  /** Whether the whole page may be opened from here. */
  page?: boolean;
  moved: (id: string) => void;
  close: () => void;
}

/** The open doubt of a work list. */
export function DoubtCard({ id, forInstitution, page, moved, close }: Props) {
  const found = useDoubt(id, forInstitution);
  const of = id ? found.data : undefined;
  useKey('Escape', close, Boolean(id));
  if (!id) {
    return (
      <Card size="small">
        <p className="worklist-hint">
          ↑ ↓ 选择疑点，回车查看证据，按数字键办理；X 勾选，B 批量办理
        </p>
      </Card>
    );
  }
  return (
    <Card
      size="small"
      className="doubt-card"
      title={of ? <DoubtTitle of={of.doubt} /> : '疑点'}
      extra={page && <Link to={`/audit/doubts/${id}`}>整页</Link>}
    >
      {found.isPending && <Skeleton active />}
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {of && (
        <DoubtFile
          key={id}
          of={of}
          {...(forInstitution && { forInstitution })}
          moved={() => moved(id)}
        />
      )}
    </Card>
  );
}
