import { Alert, Card, Table, type TableColumnsType } from 'antd';
import type { SimulatedChange } from '../../api/client';
import { Amount } from '../../parts/amount';

function columnsOf(names: Record<string, string>, drg: boolean): TableColumnsType<SimulatedChange> {
  return [
    {
      title: '增加的诊断',
      dataIndex: 'diagnosis',
      width: 150,
      render: (code: string) => (
        <>
          <span className="digits">{code}</span> {names[code]}
        </>
      ),
    },
    {
      title: drg ? '病组' : '病种',
      width: 76,
      render: (_, row) => row.group.code || '未入组',
    },
    {
      title: drg ? '权重' : '分值',
      width: 80,
      align: 'right',
      render: (_, row) => <span className="digits">{row.group.weight ?? '–'}</span>,
    },
    {
      title: '支付标准增减',
      dataIndex: 'difference',
      width: 100,
      align: 'right',
      render: (amount?: string | null) =>
        amount == null ? '–' : <Amount value={amount} strong quietZero />,
    },
    { title: '影响', dataIndex: 'effect' },
  ];
}

/** What each further diagnosis would change; one that pays is a reason to look at the record. */
export function ChangeTable(props: {
  changes: SimulatedChange[];
  names: Record<string, string>;
  drg: boolean;
}) {
  const { changes, names, drg } = props;
  if (changes.length === 0) return null;
  const warnings = changes.flatMap((change) => change.warning ?? []);
  return (
    <Card size="small" title="再加一个诊断会怎样">
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="simulator-warning"
          title="疑似高套，请核对病历"
          description={
            <ul className="says">
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          }
        />
      )}
      <Table<SimulatedChange>
        size="small"
        pagination={false}
        rowKey="diagnosis"
        dataSource={changes}
        columns={columnsOf(names, drg)}
        expandable={{
          expandedRowRender: (row) => (
            <ol className="says">
              {row.group.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ol>
          ),
        }}
      />
    </Card>
  );
}
