import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { answer, api, type StatementDetail } from '../../api/client';
import { useBack } from '../../app/back';
import { useKey } from '../../app/keys';
import { useSession } from '../../app/session';
import { Amount } from '../../parts/amount';
import { Facts } from '../../parts/facts';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { AnswerDialog } from './AnswerDialog';
import { BillsCard } from './BillsCard';
import { ObjectDialog } from './ObjectDialog';
import { useClearingStale, useStatement } from './queries';
import { ItemsCard, ObjectionsCard, WayCard } from './StatementCards';
import { monthName, statementTone } from './words';

function useDecision(of: StatementDetail) {
  const stale = useClearingStale();
  const { id, month, institution, book, version } = of.statement;
  return useMutation({
    mutationFn: async (what: 'confirm' | 'approve') => {
      if (what === 'confirm') {
        const params = { path: { id } };
        await answer(
          api.POST('/api/v1/clearing/statements/{id}/confirmation', { params, body: { version } }),
        );
        return [];
      }
      const params = { path: { month } };
      const body = { institution, book };
      const done = await answer(
        api.POST('/api/v1/clearing/months/{month}/approval', { params, body }),
      );
      return done.refused;
    },
    onSettled: stale,
  });
}

/** What can be done with the statement now: 1 confirms, 2 objects or answers, 3 approves. */
function Actions({ of, object }: { of: StatementDetail; object: () => void }) {
  const { role } = useSession();
  const [answering, setAnswering] = useState(false);
  const [asking, setAsking] = useState<'confirm' | 'approve'>();
  const decide = useDecision(of);
  const { state } = of.statement;
  const [out, objected] = [state === 'published', state === 'objected'];
  const approvable = (out || state === 'confirmed') && role !== 'clerk';
  useKey('1', () => setAsking('confirm'), out);
  useKey('2', () => (out ? object() : setAnswering(true)), out || objected);
  useKey('3', () => setAsking('approve'), approvable);
  const asked = (what: 'confirm' | 'approve', label: string, key: string, title: string) => (
    <Popconfirm
      title={title}
      open={asking === what}
      onOpenChange={(open) => setAsking(open ? what : undefined)}
      okButtonProps={{ autoFocus: true }}
      onConfirm={() => decide.mutate(what)}
    >
      <Button type="primary" loading={decide.isPending && decide.variables === what}>
        {label}
        <kbd>{key}</kbd>
      </Button>
    </Popconfirm>
  );
  return (
    <>
      <div className="worklist-actions">
        {out && asked('confirm', '机构确认', '1', '登记机构对这一版的确认？')}
        {out && (
          <Button onClick={object}>
            机构异议<kbd>2</kbd>
          </Button>
        )}
        {objected && (
          <Button type="primary" onClick={() => setAnswering(true)}>
            答复异议<kbd>2</kbd>
          </Button>
        )}
        {approvable && asked('approve', '审批', '3', '审批这张清算单？')}
      </div>
      {decide.isError && <Failure error={decide.error} />}
      {decide.data?.map((one) => (
        <Alert key={one.id} type="warning" showIcon title={one.message} />
      ))}
      {answering && <AnswerDialog of={of} close={() => setAnswering(false)} />}
    </>
  );
}

function Detail({ of }: { of: StatementDetail }) {
  const [marked, setMarked] = useState<string[]>([]);
  const [objecting, setObjecting] = useState(false);
  const head = of.statement;
  const out = head.state === 'published';
  return (
    <div className="stack">
      <div>
        <Actions of={of} object={() => setObjecting(true)} />
        <dl className="figures">
          <div>
            <dt>状态</dt>
            <dd>
              <Mark tone={statementTone(head.state)}>{head.state_name}</Mark>
            </dd>
          </div>
          <div>
            <dt>基金应付</dt>
            <dd>
              <Amount value={head.funds} />
            </dd>
          </div>
          <div>
            <dt>个人账户应付</dt>
            <dd>
              <Amount value={head.account} />
            </dd>
          </div>
          <div>
            <dt>各项调整</dt>
            <dd>
              <Amount value={head.adjusted} />
            </dd>
          </div>
          <div>
            <dt>应拨付</dt>
            <dd>
              <Amount value={head.due} />
            </dd>
          </div>
        </dl>
      </div>
      <Facts
        of={[
          ['清算单号', head.id],
          ['账套', head.book_name],
          ['版本', `第${head.version}版`],
          ['异议期至', head.respond_by ?? '未发布'],
          ['拨付期限', head.pay_by ?? '未起算'],
          ['快照指纹', head.snapshot.slice(0, 12)],
          ...of.orders.map((order): [string, React.ReactNode] => [
            '支付凭单',
            <Link key={order.id} to={`/payments/${head.month}`}>
              {order.id} {order.state_name}
            </Link>,
          ]),
        ]}
      />
      <ItemsCard of={of} />
      <ObjectionsCard of={of} />
      <WayCard of={of} />
      <BillsCard
        statement={head.id}
        count={head.bills}
        marked={marked}
        mark={out ? setMarked : undefined}
      />
      {objecting && (
        <ObjectDialog
          of={of}
          settlements={marked}
          close={() => setObjecting(false)}
          done={() => setMarked([])}
        />
      )}
    </div>
  );
}

/** One statement of a hospital: what it adds up from, down to each case, and its way. */
export function StatementPage() {
  const { id = '' } = useParams();
  const file = useStatement(id);
  const back = useBack(file.data ? `/clearing/${file.data.statement.month}` : '/clearing');
  const head = file.data?.statement;
  return (
    <Page
      title={head ? `${head.institution_name} ${monthName(head.month)}清算单` : '清算单'}
      extra={<Button onClick={back}>返回 Esc</Button>}
    >
      {file.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {file.isError && <Failure error={file.error} retry={() => void file.refetch()} />}
      {file.data && <Detail key={`${id} ${file.data.statement.version}`} of={file.data} />}
    </Page>
  );
}
