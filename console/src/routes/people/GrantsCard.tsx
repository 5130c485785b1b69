import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Popconfirm, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answer, api, type AccountDetail, type AccountGrant } from '../../api/client';
import { useSession } from '../../app/session';
import { Amount } from '../../parts/amount';
import { formatPeriod } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { GrantDialog } from './GrantDialog';

function useRevoke(no: string) {
  const client = useQueryClient();
  const { today } = useSession();
  return useMutation({
    mutationFn: (member: string) =>
      answer(
        api.POST('/api/v1/people/{no}/account/grants/revocation', {
          params: { path: { no } },
          body: { member, from: today },
        }),
      ),
    onSuccess: () =>
      Promise.all(
        [['account'], ['person'], ['register', no]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

const columns: TableColumnsType<AccountGrant> = [
  {
    title: '家庭成员',
    dataIndex: 'name',
    width: 120,
    render: (name: string, grant) => <Link to={`/people/${grant.person_no}`}>{name}</Link>,
  },
  { title: '账户人是使用人的', dataIndex: 'relation_name', width: 130 },
  { title: '用途', render: (_, grant) => grant.purpose_names.join('、') || '政策允许的全部' },
  {
    title: '年度限额',
    align: 'right',
    width: 100,
    render: (_, grant) => (grant.limit ? <Amount value={grant.limit} /> : '不限'),
  },
  { title: '期间', width: 190, render: (_, grant) => formatPeriod(grant.from, grant.to) },
  {
    title: '状态',
    width: 70,
    render: (_, grant) => (
      <Mark tone={grant.current ? 'good' : 'plain'}>{grant.current ? '有效' : '失效'}</Mark>
    ),
  },
];

interface ListProps {
  title: string;
  rows: AccountGrant[];
  more?: TableColumnsType<AccountGrant>;
}

function Grants({ title, rows, more = [] }: ListProps) {
  if (rows.length === 0) return null;
  return (
    <>
      <div className="card-head">
        <h4>{title}</h4>
      </div>
      <Table<AccountGrant>
        size="small"
        pagination={false}
        rowKey={(grant) => grant.person_no + grant.from}
        dataSource={rows}
        columns={[...columns, ...more]}
      />
    </>
  );
}

interface Props {
  no: string;
  of: AccountDetail;
  /** Whether there is an account to let others use. */
  able: boolean;
}

/** Who may use this person's account, and whose account this person may use. */
export function GrantsCard({ no, of, able }: Props) {
  const revoke = useRevoke(no);
  const [granting, setGranting] = useState(false);
  const nobody = of.grants_given.length + of.grants_received.length === 0;
  const ending: TableColumnsType<AccountGrant> = [
    {
      title: '',
      width: 70,
      render: (_, grant) =>
        grant.current && (
          <Popconfirm
            title={`解除${grant.name}的授权？`}
            description="从今天起不能再使用本账户。"
            onConfirm={() => revoke.mutate(grant.person_no)}
          >
            <Button size="small" type="link">
              解除
            </Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <Card
      size="small"
      title="家庭共济"
      className={nobody && !able ? '' : 'person-wide'}
      extra={
        able && (
          <Button size="small" onClick={() => setGranting(true)}>
            授权近亲属
          </Button>
        )
      }
    >
      {revoke.isError && <Failure error={revoke.error} />}
      {nobody && <p className="quiet small-empty">没有共济授权</p>}
      <Grants title="本人账户供他人使用" rows={of.grants_given} more={ending} />
      <Grants title="本人可使用的账户" rows={of.grants_received} />
      {granting && <GrantDialog no={no} close={() => setGranting(false)} />}
    </Card>
  );
}
