import { useMutation } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { answer, api, type ClearingMonth } from '../../api/client';
import { useSession } from '../../app/session';
import { addAmounts, Amount } from '../../parts/amount';
import { Failure } from '../../parts/failure';
import { useClearingStale } from '../clearing/queries';

interface Waiting {
  book: string;
  name: string;
  orders: number;
  total: string;
}

/** Orders that wait, by book; what they come to is what their statements say. */
function waitingOf({ orders }: ClearingMonth): Waiting[] {
  const books = new Map<string, Waiting>();
  for (const order of orders.filter((one) => one.state === 'made')) {
    const { book, book_name: name, amount } = order;
    const so = books.get(book) ?? { book, name, orders: 0, total: '0.00' };
    books.set(book, { ...so, orders: so.orders + 1, total: addAmounts(so.total, amount) });
  }
  return [...books.values()];
}

/** Orders that have not gone to the bank, by book: one file holds one book. */
export function WaitingCard({ of }: { of: ClearingMonth }) {
  const waiting = waitingOf(of);
  const { role } = useSession();
  const stale = useClearingStale();
  const make = useMutation({
    mutationFn: (book: string) =>
      answer(
        api.POST('/api/v1/clearing/months/{month}/bank-files', {
          params: { path: { month: of.month } },
          body: { book },
        }),
      ),
    onSettled: stale,
  });
  if (waiting.length === 0) return null;
  return (
    <Card size="small" title="待送银行">
      {make.isError && <Failure error={make.error} />}
      <Table<Waiting>
        size="small"
        pagination={false}
        rowKey="book"
        dataSource={waiting}
        columns={[
          { title: '账套', dataIndex: 'name' },
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
                disabled={role === 'clerk'}
                title={role === 'clerk' ? '由审核或管理人员办理' : undefined}
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
