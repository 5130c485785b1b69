import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Table } from 'antd';
import { useState } from 'react';
import { answer, api, type ReceiptLineView } from '../../api/client';
import { Amount, isZero } from '../../parts/amount';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';

interface Values {
  owner: string;
  period?: string;
}

function MatchDialog({ line, close }: { line: ReceiptLineView; close: () => void }) {
  const [form] = Form.useForm<Values>();
  const client = useQueryClient();
  const match = useMutation({
    mutationFn: ({ owner, period }: Values) =>
      answer(
        api.POST('/api/v1/contributions/receipts/{file}/{line}/match', {
          params: { path: { file: line.file, line: line.line } },
          body: { owner, period: period ?? '' },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['contributions'] });
      close();
    },
  });
  return (
    <Dialog
      title={`第 ${line.line} 行 ${line.amount} 元记给`}
      okText="入账"
      confirmLoading={match.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ owner: line.owner, period: line.period }}
        onFinish={(values) => match.mutate(values)}
      >
        <Form.Item
          name="owner"
          label="单位或人员编号"
          rules={[{ required: true, message: '请填写编号' }]}
        >
          <Input {...first} />
        </Form.Item>
        <Form.Item name="period" label="所属期（不填为最早未缴的）">
          <Input placeholder="2024-11" />
        </Form.Item>
      </Form>
      {match.isError && <Failure error={match.error} />}
    </Dialog>
  );
}

/** Lines of receipts that nobody claims, or that are more than was owed. */
export function ReceiptProblems({ rows }: { rows: ReceiptLineView[] }) {
  const [line, setLine] = useState<ReceiptLineView | null>(null);
  if (rows.length === 0) return null;
  return (
    <Card size="small" title={`待处理的到账 ${rows.length} 笔`}>
      <Table<ReceiptLineView>
        size="small"
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        rowKey={(row) => row.file + row.line}
        dataSource={rows}
        columns={[
          { title: '税票号码', dataIndex: 'voucher', width: 150, ellipsis: true },
          { title: '行', dataIndex: 'line', width: 60, align: 'right' },
          { title: '缴费方', render: (_, row) => `${row.owner_kind_name} ${row.owner}` },
          { title: '所属期', dataIndex: 'period', width: 90 },
          {
            title: '金额',
            dataIndex: 'amount',
            align: 'right',
            render: (value: string) => <Amount value={value} />,
          },
          {
            title: '未入账',
            dataIndex: 'left',
            align: 'right',
            render: (value: string) => <Amount value={value} />,
          },
          { title: '入库日期', dataIndex: 'paid_on', width: 110 },
          {
            title: '状态',
            width: 110,
            render: (_, row) => <Mark tone="warning">{row.status_name}</Mark>,
          },
          { title: '说明', dataIndex: 'note' },
          {
            title: '',
            width: 70,
            render: (_, row) =>
              !isZero(row.left) && (
                <Button size="small" onClick={() => setLine(row)}>
                  入账
                </Button>
              ),
          },
        ]}
      />
      {line && <MatchDialog line={line} close={() => setLine(null)} />}
    </Card>
  );
}
