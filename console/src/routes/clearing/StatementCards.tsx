import { Card, Table } from 'antd';
import { Link } from 'react-router';
import type { ObjectionView, StatementDetail, StatementLine } from '../../api/client';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { TransferNote } from '../../parts/ledgerTransfer';
import { Mark } from '../../parts/mark';

/** The lines of a statement, from the bills to what is paid. */
export function ItemsCard({ of }: { of: StatementDetail }) {
  return (
    <Card size="small" title="项目">
      <Table<StatementLine>
        size="small"
        pagination={false}
        rowKey={(row) => `${row.kind}${row.source}${row.class}${row.text}`}
        dataSource={of.lines}
        columns={[
          { title: '类别', dataIndex: 'kind_name', width: 110 },
          { title: '待遇', dataIndex: 'class_name', width: 130 },
          {
            title: '说明',
            render: (_, row) => (
              <>
                {row.text}{' '}
                {row.doubt ? (
                  <Link to={`/audit/doubts/${row.doubt}`}>疑点 {row.doubt}</Link>
                ) : (
                  row.source && <span className="quiet">{row.source}</span>
                )}
                {row.doubt && (
                  <div>
                    <TransferNote of={row.transfer} />
                  </div>
                )}
              </>
            ),
          },
          { title: '依据', dataIndex: 'legal', ellipsis: true },
          {
            title: '金额',
            dataIndex: 'amount',
            align: 'right',
            width: 130,
            render: (value: string) => <Amount value={value} />,
          },
        ]}
        summary={() => (
          <Table.Summary.Row className="total-row">
            <Table.Summary.Cell index={0} colSpan={4}>
              应拨付
            </Table.Summary.Cell>
            <Table.Summary.Cell index={4} align="right">
              <Amount value={of.statement.due} strong />
            </Table.Summary.Cell>
          </Table.Summary.Row>
        )}
      />
    </Card>
  );
}

const tone = { open: 'warning', accepted: 'good', rejected: 'plain' } as const;

function Objection({ of }: { of: ObjectionView }) {
  return (
    <li>
      <p>
        <Mark tone={tone[of.state as keyof typeof tone] ?? 'plain'}>{of.state_name}</Mark> 第
        {of.number}次，对第{of.version}版，{of.made_by} {formatTime(of.made_at)}
      </p>
      <p>{of.text}</p>
      {of.settlements.length > 0 && <p className="quiet">所涉结算：{of.settlements.join('、')}</p>}
      {of.answer && <p>答复：{of.answer}</p>}
    </li>
  );
}

/** What the institution objected to and what it was answered. */
export function ObjectionsCard({ of }: { of: StatementDetail }) {
  if (of.objections.length === 0) return null;
  return (
    <Card size="small" title="异议">
      <ul className="objections">
        {of.objections.map((one) => (
          <Objection key={one.number} of={one} />
        ))}
      </ul>
    </Card>
  );
}

/** The way of a statement so far, and its payment. */
export function WayCard({ of }: { of: StatementDetail }) {
  return (
    <Card size="small" title="办理过程">
      <ul className="steps steps-wide">
        {of.steps.map((event, at) => (
          <li key={`${at}${event.event}`}>
            <span className="digits">{formatTime(event.at)}</span>
            <span>{event.event_name}</span>
            <span>{event.by}</span>
            <span className="quiet">
              第{event.version}版 {event.note}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
