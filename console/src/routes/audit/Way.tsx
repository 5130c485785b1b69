import { Card, Table } from 'antd';
import { Link } from 'react-router';
import type { DoubtAttachment, DoubtCase, DoubtMoney, DoubtStep } from '../../api/client';
import { useSession } from '../../app/session';
import { Amount, isZero } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { TransferNote } from '../../parts/ledgerTransfer';

interface Named {
  id: string;
  name: string;
}

/** The attachments a step carries, as the server notes them. */
function carried(step: DoubtStep): Named[] {
  const detail = step.detail as { attachments?: Named[] } | null;
  return Array.isArray(detail?.attachments) ? detail.attachments : [];
}

function votes(step: DoubtStep): string {
  const detail = step.detail as { votes_for?: number; votes_against?: number } | null;
  if (detail?.votes_for === undefined) return '';
  return `赞成${detail.votes_for}票，反对${detail.votes_against ?? 0}票`;
}

/** Who did what, when, and what was said. */
export function StepsCard({ of }: { of: DoubtCase }) {
  return (
    <Card size="small" title="办理过程">
      <ol className="doubt-steps">
        {of.steps.map((step, at) => (
          <li key={`${at}${step.verb}`}>
            <span className="digits quiet">{formatTime(step.at)}</span>
            <span>
              {step.by}
              {step.role_name && step.role_name !== step.by && <small>（{step.role_name}）</small>}
            </span>
            <span>
              <strong>{step.verb}</strong> → {step.state_name}
              {!isZero(step.amount) && (
                <>
                  {' '}
                  <Amount value={step.amount} />
                </>
              )}
            </span>
            <span className="quiet">
              {[step.text, votes(step), ...carried(step).map((one) => `附件 ${one.name}`)]
                .filter(Boolean)
                .join('；')}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function href(doubt: string, attachment: string, forInstitution?: string): string {
  const path = `/api/v1/audit/doubts/${doubt}/attachments/${attachment}`;
  return forInstitution ? `${path}?for_institution=${encodeURIComponent(forInstitution)}` : path;
}

/** What was handed in; a click saves it. */
export function AttachmentsCard({ of, speaks }: { of: DoubtCase; speaks?: string }) {
  if (of.attachments.length === 0) return null;
  return (
    <Card size="small" title={`附件 ${of.attachments.length} 个`}>
      <Table<DoubtAttachment>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={of.attachments}
        columns={[
          {
            title: '文件',
            render: (_, row) => <a href={href(of.doubt.id, row.id, speaks)}>{row.name}</a>,
          },
          {
            title: '提交方',
            width: 90,
            render: (_, row) => (row.side === 'institution' ? '医药机构' : '经办机构'),
          },
          { title: '提交人', dataIndex: 'by', width: 90 },
          { title: '字节', dataIndex: 'size', align: 'right', width: 90 },
          {
            title: '时间',
            dataIndex: 'at',
            width: 140,
            render: (at: string) => <span className="digits">{formatTime(at)}</span>,
          },
        ]}
      />
    </Card>
  );
}

/** Where the money went: the adjustment, the statement that took it, the transfer behind it. */
export function MoneyCard({ of }: { of: DoubtCase }) {
  const { role } = useSession();
  if (of.money.length === 0) return null;
  return (
    <Card size="small" title="扣减与退还">
      <Table<DoubtMoney>
        size="small"
        rowKey="adjustment"
        pagination={false}
        dataSource={of.money}
        columns={[
          { title: '事由', dataIndex: 'kind_name', width: 84 },
          { title: '账套', dataIndex: 'book_name' },
          {
            title: '金额',
            dataIndex: 'amount',
            align: 'right',
            width: 96,
            render: (value: string) => <Amount value={value} strong />,
          },
          {
            title: '清算单',
            render: (_, row) => {
              if (!row.statement) {
                return <span className="quiet">等待 {row.first_month} 起的清算单列入</span>;
              }
              const name = `${row.month} ${row.state_name}`;
              if (role === 'hospital') return `${row.statement} ${name}`;
              return <Link to={`/clearing/statements/${row.statement}`}>{name}</Link>;
            },
          },
          {
            title: '记账分录',
            render: (_, row) => <TransferNote of={row.transfer} />,
          },
        ]}
      />
      {!isZero(of.person_part) && (
        <p className="quiet">
          个人多付部分（估计）
          <Amount value={of.person_part} /> 元，由机构退还参保人。
        </p>
      )}
    </Card>
  );
}
