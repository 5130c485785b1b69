import { useMutation } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { answer, api, type StatementDetail } from '../../api/client';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { useClearingStale } from './queries';

interface Values {
  text: string;
  class?: string;
  amount?: string;
  reason?: string;
}

interface Props {
  of: StatementDetail;
  close: () => void;
}

/** The answer to an objection, with a correction where the institution is right. */
export function AnswerDialog({ of, close }: Props) {
  const [form] = Form.useForm<Values>();
  const stale = useClearingStale();
  const classes = new Map(of.lines.map((line) => [line.class, line.class_name]));
  const send = useMutation({
    mutationFn: (values: Values) =>
      answer(
        api.POST('/api/v1/clearing/statements/{id}/answer', {
          params: { path: { id: of.statement.id } },
          body: {
            answer: values.text.trim(),
            corrections: values.amount?.trim()
              ? [
                  {
                    class: values.class ?? '',
                    amount: values.amount.trim(),
                    text: values.reason?.trim() ?? '',
                  },
                ]
              : [],
          },
        }),
      ),
    onSuccess: () => stale(),
  });
  return (
    <Dialog
      title={`答复异议：${of.statement.institution_name}`}
      okText="答复并重新发布"
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ class: [...classes.keys()][0] }}
        onFinish={(values) => send.mutate(values, { onSuccess: close })}
      >
        <Form.Item
          name="text"
          label="答复"
          rules={[{ required: true, whitespace: true, message: '请写明答复' }]}
        >
          <Input {...first} maxLength={500} />
        </Form.Item>
        <p className="quiet">异议成立的，填写更正金额；不填为不予支持，原数重新发布。</p>
        <div className="upload-form">
          <Form.Item name="amount" label="更正金额（减项写负数）">
            <Input className="yuan-input" inputMode="decimal" placeholder="没有更正" />
          </Form.Item>
          <Form.Item name="class" label="待遇类别">
            <Select
              className="answer-class"
              options={[...classes].map(([value, label]) => ({ value, label }))}
            />
          </Form.Item>
          <Form.Item name="reason" label="更正说明">
            <Input maxLength={200} />
          </Form.Item>
        </div>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {send.isError && <Failure error={send.error} />}
    </Dialog>
  );
}
