import { useMutation } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { Link } from 'react-router';
import { answer, api, type PaymentOrder } from '../../api/client';
import { Amount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark, type Tone } from '../../parts/mark';
import { useClearingStale } from '../clearing/queries';

const tones: Record<string, Tone> = {
  made: 'warning',
  sent: 'plain',
  paid: 'good',
  returned: 'bad',
};

/** Every order of the month, and what the bank did with it. */
export function OrdersCard({ orders }: { orders: PaymentOrder[] }) {
  const stale = useClearingStale();
  const again = useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/api/v1/clearing/orders/{id}/reissue', { params: { path: { id } } })),
    onSettled: stale,
  });
  return (
    <Card size="small" title={`支付凭单 ${orders.length} 张`}>
      {again.isError && <Failure error={again.error} />}
      <Table<PaymentOrder>
        size="small"
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        rowKey="id"
        dataSource={orders}
        locale={nothing('本月还没有支付凭单')}
        columns={[
          {
            title: '凭单号',
            dataIndex: 'id',
            ellipsis: true,
            render: (id: string, row) =>
              row.source_kind === 'statement' ? (
                <Link to={`/clearing/statements/${row.source}`}>{id}</Link>
              ) : (
                id
              ),
          },
          {
            title: '收款方',
            ellipsis: true,
            render: (_, row) => (
              <>
                {row.payee_name}
                <span className="quiet">
                  {' '}
                  {row.bank} {row.account}
                </span>
              </>
            ),
          },
          { title: '账套', dataIndex: 'book_name', width: 176, ellipsis: true },
          {
            title: '金额',
            dataIndex: 'amount',
            align: 'right',
            width: 120,
            render: (value: string) => <Amount value={value} strong />,
          },
          {
            title: '状态',
            width: 190,
            render: (_, row) => (
              <>
                <Mark tone={tones[row.state] ?? 'plain'}>{row.state_name}</Mark>{' '}
                <span className="digits quiet">{row.paid_on}</span>
                {row.state === 'returned' && (
                  <Button
                    size="small"
                    title="收款账户更正以后才能重发"
                    loading={again.isPending && again.variables === row.id}
                    onClick={() => again.mutate(row.id)}
                  >
                    重发
                  </Button>
                )}
              </>
            ),
          },
          {
            title: '银行流水号或退票原因',
            render: (_, row) => row.note || row.bank_reference,
            ellipsis: true,
          },
        ]}
      />
    </Card>
  );
}
