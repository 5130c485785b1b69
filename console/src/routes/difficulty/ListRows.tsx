import { Card, Segmented, Table } from 'antd';
import { Link } from 'react-router';
import type { ListDetail, ListRowView } from '../../api/client';
import { Mark, type Tone } from '../../parts/mark';

interface Props {
  of: ListDetail;
  result: string;
  setResult: (result: string) => void;
}

const tone = (result: string): Tone =>
  result === 'rejected' ? 'bad' : ['unchanged', 'repeated'].includes(result) ? 'plain' : 'good';

/** Every row as it was sent, with what came of it and why. */
export function ListRows({ of, result, setResult }: Props) {
  const cut = of.rows_found > of.rows.length ? `，显示前 ${of.rows.length} 行` : '';
  return (
    <Card
      size="small"
      title={`名单各行 ${of.rows_found} 行${cut}`}
      extra={
        <Segmented
          size="small"
          aria-label="处理结果"
          value={result}
          onChange={setResult}
          options={[
            { value: '', label: '全部' },
            { value: 'rejected', label: `退回 ${of.list.numbers.rejected}` },
            { value: 'unchanged', label: `不变 ${of.list.numbers.unchanged}` },
            { value: 'repeated', label: `重复 ${of.list.numbers.repeated}` },
          ]}
        />
      }
    >
      <Table<ListRowView>
        size="small"
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        rowKey="row"
        dataSource={of.rows}
        locale={{ emptyText: '没有这样的行' }}
        columns={[
          { title: '行', dataIndex: 'row', width: 50, align: 'right' },
          { title: '证件号码', dataIndex: 'document', width: 180, className: 'digits' },
          {
            title: '姓名',
            dataIndex: 'name',
            width: 90,
            render: (name: string, row) =>
              row.person_no ? <Link to={`/people/${row.person_no}`}>{name}</Link> : name,
          },
          { title: '身份', dataIndex: 'identity', width: 140 },
          { title: '增减', dataIndex: 'action', width: 60 },
          { title: '认定日期', dataIndex: 'from', width: 105 },
          { title: '有效期至', dataIndex: 'to', width: 105 },
          {
            title: '结果',
            width: 80,
            render: (_, row) => <Mark tone={tone(row.result)}>{row.result_name}</Mark>,
          },
          { title: '说明', dataIndex: 'reason' },
        ]}
      />
    </Card>
  );
}
