import { Skeleton } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { useSession } from '../../app/session';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { MonthSelect } from '../clearing/MonthSelect';
import { useClearingMonth } from '../clearing/queries';
import { endedMonth } from '../clearing/words';
import { FilesCard } from './FilesCard';
import { OrdersCard } from './OrdersCard';
import { ReceiptUpload } from './ReceiptUpload';
import { WaitingCard } from './WaitingCard';

/** Payment of a month: orders into files for the bank, and the bank's answers back. */
export function PaymentsPage() {
  const { today } = useSession();
  const { month = endedMonth(today) } = useParams();
  const navigate = useNavigate();
  const board = useClearingMonth(month);
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
