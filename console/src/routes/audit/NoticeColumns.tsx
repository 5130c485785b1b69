import type { TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import type { DoubtNotice } from '../../api/client';
import { useSession } from '../../app/session';
import { Amount, formatCount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { Mark } from '../../parts/mark';

/** Until when the institution may state its case: days that are left stand out. */
function Term({ due }: { due: string | null | undefined }) {
  const { today } = useSession();
  if (!due) return <span className="quiet">–</span>;
  const left = dayjs(due).diff(dayjs(today), 'day');
  return (
    <>
      <span className="digits">{due}</span>{' '}
      {left < 0 ? (
        <small className="quiet">已过</small>
      ) : (
        <Mark tone={left <= 2 ? 'warning' : 'plain'}>
          {left === 0 ? '今天到期' : `还有 ${left} 天`}
        </Mark>
      )}
    </>
  );
}

/** What both sides read of a notice: what it is about, when it went out, until when to answer. */
export const noticeColumns: TableColumnsType<DoubtNotice> = [
  { title: '疑点', dataIndex: 'doubts', align: 'right', width: 60, render: formatCount },
  {
    title: '基金支付',
    dataIndex: 'amount',
    align: 'right',
    width: 110,
    render: (value: string) => <Amount value={value} />,
  },
  {
    title: '发出',
    dataIndex: 'at',
    width: 150,
    render: (at: string) => <span className="digits">{formatTime(at)}</span>,
  },
  {
    title: '申诉期限',
    dataIndex: 'due',
    width: 170,
    render: (due?: string | null) => <Term due={due} />,
  },
];

/** Who received a notice, and when. */
export function Received({ of }: { of: DoubtNotice }) {
  if (!of.received_at) return null;
  return (
    <span className="digits">
      {of.received_by} {formatTime(of.received_at)}
    </span>
  );
}
