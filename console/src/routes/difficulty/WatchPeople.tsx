import { Table } from 'antd';
import { Link } from 'react-router';
import type { WatchPersonView } from '../../api/client';
import { Amount } from '../../parts/amount';
import { Mark, type Tone } from '../../parts/mark';

const tones: Record<string, Tone> = {
  sent: 'warning',
  recognised: 'good',
  not_recognised: 'plain',
};

/** Why somebody was put forward: sentence by sentence, with the bills and the answers. */
function Reasons({ of }: { of: WatchPersonView }) {
  return (
    <>
      <ol className="says">
        {of.says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <p>
        结算单{' '}
        {of.bills.map((bill) => (
          <Link key={bill.settlement_id} to={`/settlement/${bill.settlement_id}`}>
            {bill.settlement_id}{' '}
          </Link>
        ))}
      </p>
      {of.answers.map((one) => (
        <p key={one.bureau_name + one.on}>
          {one.bureau_name}：{one.recognised ? `认定为${one.identity_name}` : '不予认定'}，{one.on}
          ，{one.by}记
        </p>
      ))}
    </>
  );
}

const amount = (value: string) => <Amount value={value} />;

/** Everybody put forward in a month; a row unfolds to its reasons. */
export function WatchPeople({ rows }: { rows: WatchPersonView[] }) {
  return (
    <Table<WatchPersonView>
      size="small"
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      rowKey={(row) => row.person_no + row.line}
      dataSource={rows}
      locale={{ emptyText: '本月没有人达到预警线' }}
      expandable={{ expandedRowRender: (row) => <Reasons of={row} />, expandRowByClick: true }}
      columns={[
        {
          title: '姓名',
          dataIndex: 'name',
          width: 100,
          render: (name: string, row) => <Link to={`/people/${row.person_no}`}>{name}</Link>,
        },
        { title: '人员编号', dataIndex: 'person_no', width: 170, className: 'digits' },
        { title: '预警线', dataIndex: 'line_name' },
        { title: '标准', dataIndex: 'threshold', align: 'right', width: 110, render: amount },
        { title: '年度累计个人负担', dataIndex: 'own', align: 'right', width: 150, render: amount },
        { title: '结算单', width: 70, align: 'right', render: (_, row) => row.bills.length },
        { title: '推送部门', render: (_, row) => row.bureaus.join('、') },
        {
          title: '反馈',
          width: 100,
          render: (_, row) => <Mark tone={tones[row.state] ?? 'plain'}>{row.state_name}</Mark>,
        },
      ]}
    />
  );
}
