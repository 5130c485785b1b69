import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { answer, api } from '../../api/client';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { MonthSelect } from '../clearing/MonthSelect';
import { FilesCard } from './FilesCard';
import { OrdersCard } from './OrdersCard';
import { ReceiptUpload } from './ReceiptUpload';
import { WaitingCard } from './WaitingCard';

/** Payment of a month: orders into files for the bank, and the bank's answers back. */
export function PaymentsPage() {
  const { month = 'latest' } = useParams();
  const navigate = useNavigate();
  const board = useQuery({
    queryKey: ['payments', month],
    queryFn: () =>
      answer(api.GET('/api/v1/payments/months/{month}', { params: { path: { month } } })),
    placeholderData: (previous) => previous,
  });
  return (
    <Page
      title="拨付"
      extra={
        board.data && (
          <MonthSelect
            month={board.data.month}
            months={board.data.months}
            go={(to) => void navigate(`/payments/${to}`)}
          />
        )
      }
    >
      {board.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {board.isError && <Failure error={board.error} retry={() => void board.refetch()} />}
      {board.data && (
        <div className="stack">
          <WaitingCard of={board.data} />
          <FilesCard files={board.data.files} />
          <ReceiptUpload />
          <OrdersCard orders={board.data.orders} />
        </div>
      )}
    </Page>
  );
}
