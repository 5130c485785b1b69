import { Card, Table } from 'antd';
import type { BankFile } from '../../api/client';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { nothing } from '../../parts/empty';
import { Mark } from '../../parts/mark';
import { isZero } from '../../parts/amount';

function Receipt({ of }: { of: BankFile }) {
  const { receipt } = of;
  if (!receipt) return <Mark tone="warning">等待回单</Mark>;
  const clean = isZero(receipt.returned);
  return (
    <>
      <Mark tone={clean ? 'good' : 'bad'}>{clean ? '已对账' : '有退票'}</Mark> 已付{' '}
      <Amount value={receipt.paid} />
      {!clean && (
        <>
          ，退回 <Amount value={receipt.returned} />
        </>
      )}
    </>
  );
}

/** Files for the bank: each downloads byte for byte the same, with the hash beside it. */
export function FilesCard({ files }: { files: BankFile[] }) {
  return (
    <Card size="small" title="付款文件">
      <Table<BankFile>
        size="small"
        pagination={false}
        rowKey="file"
        dataSource={files}
        locale={nothing('本月还没有付款文件')}
        columns={[
          {
            title: '文件号',
            dataIndex: 'file',
            render: (file: string) => (
              <a href={`/api/v1/clearing/bank-files/${file}`} download={`${file}.csv`}>
                {file} 下载
              </a>
            ),
          },
          { title: '账套', dataIndex: 'book_name', ellipsis: true },
          { title: '笔数', dataIndex: 'lines', align: 'right', width: 60 },
          {
            title: '合计金额',
            dataIndex: 'total',
            align: 'right',
            width: 130,
            render: (value: string) => <Amount value={value} strong />,
          },
          {
            title: '指纹',
            dataIndex: 'hash',
            width: 120,
            render: (hash: string) => <code title={hash}>{hash.slice(0, 12)}</code>,
          },
          {
            title: '生成',
            width: 210,
            render: (_, row) => `${row.made_by} ${formatTime(row.made_at)}`,
          },
          { title: '银行回单', render: (_, row) => <Receipt of={row} /> },
        ]}
      />
    </Card>
  );
}
