import { Button, Card, Form, Input, Table } from 'antd';
import { useState } from 'react';
import type { BudgetInterview } from '../../api/client';
import { Dialog, first } from '../../parts/dialog';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { useInterviewClosing } from './queries';
import { percent } from './words';

function ClosingDialog({ of, close }: { of: BudgetInterview; close: () => void }) {
  const [form] = Form.useForm<{ result: string }>();
  const send = useInterviewClosing();
  return (
    <Dialog
      title={`复查：${of.name} ${of.interview}`}
      okText="复查并办结"
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p className="quiet">
        约谈时进度 {percent(of.progress)}；整改措施：{of.remedies}
      </p>
      <Form
        form={form}
        layout="vertical"
        onFinish={({ result }) =>
          send.mutate({ id: of.interview, result: result.trim() }, { onSuccess: close })
        }
      >
        <Form.Item
          name="result"
          label="复查结论"
          rules={[{ required: true, whitespace: true, message: '请写明复查结论' }]}
        >
          <Input {...first} maxLength={500} />
        </Form.Item>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {send.isError && <Failure error={send.error} />}
    </Dialog>
  );
}

/** Talks held so far: why, what was promised, and what came of it. */
export function InterviewsCard({ rows }: { rows: BudgetInterview[] }) {
  const [closing, setClosing] = useState<BudgetInterview>();
  return (
    <Card size="small" title={`约谈记录 ${rows.length} 次`}>
      <Table<BudgetInterview>
        size="small"
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        rowKey="interview"
        dataSource={rows}
        locale={nothing('还没有约谈记录')}
        columns={[
          { title: '机构', dataIndex: 'name', ellipsis: true },
          { title: '截至', dataIndex: 'through', width: 80 },
          { title: '进度', width: 96, align: 'right', render: (_, row) => percent(row.progress) },
          { title: '超支原因', dataIndex: 'causes', ellipsis: true },
          { title: '整改措施', dataIndex: 'remedies', ellipsis: true },
          { title: '整改期限', dataIndex: 'deadline', width: 100 },
          { title: '复查', dataIndex: 'follow_up', width: 80 },
          {
            title: '结果',
            render: (_, row) =>
              row.state === 'closed' ? (
                <>
                  <Mark tone="good">已办结</Mark> {row.result}
                  {row.progress_after && (
                    <span className="quiet"> 进度 {percent(row.progress_after)}</span>
                  )}
                </>
              ) : (
                <Button size="small" onClick={() => setClosing(row)}>
                  复查
                </Button>
              ),
          },
        ]}
      />
      {closing && <ClosingDialog of={closing} close={() => setClosing(undefined)} />}
    </Card>
  );
}
