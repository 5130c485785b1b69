import { Card, Table } from 'antd';
import type { BridgeView } from '../../api/client';
import { Amount, isZero } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Mark } from '../../parts/mark';

const amount = (value: string) => <Amount value={value} quietZero />;

/** Accrual and cash of the month side by side; what is not explained must be nothing. */
export function BridgeCard({ rows }: { rows: BridgeView[] }) {
  return (
    <Card
      size="small"
      title="两账桥接"
      extra={<span className="quiet">现金支出＝发生数－应付变动＋预付变动－追回</span>}
    >
      <Table<BridgeView>
        size="small"
        pagination={false}
        rowKey="book"
        dataSource={rows}
        locale={nothing('本月还没有记账')}
        columns={[
          { title: '账套', dataIndex: 'book_name' },
          { title: '发生数', dataIndex: 'incurred', align: 'right', render: amount },
          { title: '应付变动', dataIndex: 'payables', align: 'right', render: amount },
          { title: '预付变动', dataIndex: 'advances', align: 'right', render: amount },
          { title: '追回', dataIndex: 'recovered', align: 'right', render: amount },
          { title: '现金支出', dataIndex: 'cash', align: 'right', render: amount },
          {
            title: '差额',
            dataIndex: 'difference',
            align: 'right',
            render: (value: string) =>
              isZero(value) ? <Mark tone="good">平</Mark> : <Amount value={value} strong />,
          },
        ]}
      />
    </Card>
  );
}
