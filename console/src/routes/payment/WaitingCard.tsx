import { useMutation } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { answer, api, type PaymentBoard } from '../../api/client';
import { Amount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { useClearingStale } from '../clearing/queries';

type Waiting = PaymentBoard['waiting'][number];

/** Orders that have not gone to the bank, by book: one file holds one book. */
export function WaitingCard({ of }: { of: PaymentBoard }) {
  const stale = useClearingStale();
  const make = useMutation({
    mutationFn: (book: string) =>
      answer(
        api.POST('/api/v1/payments/months/{month}/files', {
          params: { path: { month: of.month } },
          body: { book },
        }),
      ),
    onSettled: stale,
  });
  return (
    <Card size="small" title="待送银行">
      {make.isError && <Failure error={make.error} />}
      <Table<Waiting>
        size="small"
        pagination={false}
        rowKey="book"
        dataSource={of.waiting}
        locale={nothing('没有等待送银行的支付凭单')}
        columns={[
          { title: '账套', dataIndex: 'book_name' },
          { title: '凭单', dataIndex: 'orders', align: 'right', width: 80 },
          {
            title: '合计金额',
            dataIndex: 'total',
            align: 'right',
            width: 150,
            render: (value: string) => <Amount value={value} strong />,
          },
          {
            title: '',
            width: 140,
            align: 'right',
            render: (_, row) => (
              <Button
                size="small"
                type="primary"
                loading={make.isPending && make.variables === row.book}
                onClick={() => make.mutate(row.book)}
              >
                生成付款文件
              </Button>
            ),
          },
        ]}
      />
    </Card>
  );
}
