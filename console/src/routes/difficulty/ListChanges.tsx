import { Card, Table } from 'antd';
import { Link } from 'react-router';
import type { ListChangeView, ListDetail } from '../../api/client';

/** The changes of identities that a list causes or caused. */
export function ListChanges({ of }: { of: ListDetail }) {
  const applied = of.changed.length > 0;
  const rows = applied ? of.changed : of.planned;
  if (rows.length === 0) return null;
  return (
    <Card size="small" title={`${applied ? '已登记的变动' : '入册后的变动'} ${rows.length} 项`}>
      <Table<ListChangeView>
        size="small"
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        rowKey={(row) => row.person_no + row.identity + row.days + row.kind}
        dataSource={rows}
        columns={[
          {
            title: '人员编号',
            dataIndex: 'person_no',
            width: 170,
            render: (no: string) => <Link to={`/people/${no}`}>{no}</Link>,
          },
          { title: '身份', dataIndex: 'identity_name', width: 150 },
          { title: '变动', dataIndex: 'kind_name', width: 80 },
          { title: '起止', dataIndex: 'days', width: 200 },
          { title: '随时参保', dataIndex: 'enrolled_on', width: 110 },
          { title: '须重算', dataIndex: 'reopened', width: 70, align: 'right' },
          { title: '说明', dataIndex: 'reason' },
        ]}
      />
    </Card>
  );
}
