import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answer, api, type AccountDetail } from '../../api/client';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { FreezeDialog } from './FreezeDialog';
import { GrantsCard } from './GrantsCard';

/** A person's account with its movements, a page at a time. */
export function useAccount(no: string) {
  return useInfiniteQuery({
    queryKey: ['account', no],
    queryFn: ({ pageParam }) => {
      const query = { limit: 10, ...(pageParam && { cursor: pageParam }) };
      return answer(api.GET('/api/v1/people/{no}/account', { params: { path: { no }, query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

type Movement = AccountDetail['movements'][number];
type Event = AccountDetail['events'][number];

function Movements({ rows }: { rows: Movement[] }) {
  return (
    <Table<Movement>
      size="small"
      pagination={false}
      rowKey={(row) => `${row.at} ${row.kind_name} ${row.source} ${row.amount} ${row.balance}`}
      dataSource={rows}
      locale={{ emptyText: '还没有收支' }}
      columns={[
        {
          title: '时间',
          dataIndex: 'at',
          width: 150,
          render: (at: string) => <span className="digits">{formatTime(at)}</span>,
        },
        { title: '事由', dataIndex: 'source_name' },
        { title: '资金', dataIndex: 'kind_name', width: 100 },
        {
          title: '变动',
          dataIndex: 'amount',
          align: 'right',
          width: 110,
          render: (value: string) => <Amount value={value} />,
        },
        {
          title: '余额',
          dataIndex: 'balance',
          align: 'right',
          width: 110,
          render: (value: string) => <Amount value={value} />,
        },
        {
          title: '结算单',
          dataIndex: 'settlement_id',
          width: 190,
          render: (id: string | null) => id && <Link to={`/settlement/${id}`}>{id}</Link>,
        },
        {
          title: '使用人',
          dataIndex: 'used_by',
          width: 160,
          render: (no: string | null) => (no ? <Link to={`/people/${no}`}>{no}</Link> : '本人'),
        },
      ]}
    />
  );
}

function Events({ rows }: { rows: Event[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <div className="card-head">
        <h4>账户业务</h4>
      </div>
      <Table<Event>
        size="small"
        pagination={{ pageSize: 6, hideOnSinglePage: true, showSizeChanger: false }}
        rowKey="id"
        dataSource={rows}
        expandable={{
          rowExpandable: (row) => row.explanation.length > 0,
          expandedRowRender: (row) => (
            <ol className="says">
              {row.explanation.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ol>
          ),
        }}
        columns={[
          { title: '业务', dataIndex: 'kind_name', width: 120 },
          { title: '所属', dataIndex: 'occasion' },
          {
            title: '金额',
            dataIndex: 'amount',
            align: 'right',
            width: 110,
            render: (value: string) => <Amount value={value} quietZero />,
          },
          { title: '经办', dataIndex: 'by', width: 110 },
          {
            title: '时间',
            dataIndex: 'at',
            width: 160,
            render: (at: string) => <span className="digits">{formatTime(at)}</span>,
          },
        ]}
      />
    </>
  );
}

function Balances({ of }: { of: AccountDetail }) {
  return (
    <dl className="figures">
      <div>
        <dt>余额合计</dt>
        <dd>
          <Amount value={of.balance} />
        </dd>
      </div>
      {of.purses.map((purse) => (
        <div key={purse.kind}>
          <dt>{purse.kind_name}</dt>
          <dd>
            <Amount value={purse.balance} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The account: balances, movements, what was done with it; and who may use it. */
export function AccountCard({ no }: { no: string }) {
  const account = useAccount(no);
  const [freezing, setFreezing] = useState(false);
  const of = account.data?.pages[0];
  const movements = account.data?.pages.flatMap((page) => page.movements) ?? [];
  const held = (of?.purses.length ?? 0) > 0;
  return (
    <>
      <Card
        size="small"
        title="个人账户"
        className={held || !of ? 'person-wide' : ''}
        loading={account.isPending}
        extra={
          held && (
            <Button size="small" onClick={() => setFreezing(true)}>
              {of?.frozen == null ? '冻结' : '解冻'}
            </Button>
          )
        }
      >
        {account.isError && <Failure error={account.error} retry={() => void account.refetch()} />}
        {of?.frozen != null && <Alert type="error" showIcon title={`账户已冻结：${of.frozen}`} />}
        {of && !held && <p className="quiet small-empty">没有个人账户</p>}
        {of && held && (
          <Space orientation="vertical" size="small" style={{ width: '100%' }}>
            <Balances of={of} />
            <Movements rows={movements} />
            {account.hasNextPage && (
              <Button
                size="small"
                loading={account.isFetchingNextPage}
                onClick={() => void account.fetchNextPage()}
              >
                更早的收支
              </Button>
            )}
            <Events rows={of.events} />
          </Space>
        )}
        {of && freezing && (
          <FreezeDialog no={no} frozen={of.frozen != null} close={() => setFreezing(false)} />
        )}
      </Card>
      {of && <GrantsCard no={no} of={of} able={held} />}
    </>
  );
}
