import { useMutation } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { answer, api, type StatementDetail } from '../../api/client';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { useClearingStale } from './queries';

interface Props {
  of: StatementDetail;
  settlements: string[];
  close: () => void;
  done: () => void;
}

/** An institution's objection as it came in: about marked bills, or about the whole statement. */
export function ObjectDialog({ of, settlements, close, done }: Props) {
  const [form] = Form.useForm<{ text: string }>();
  const stale = useClearingStale();
  const { id, version, institution_name: name } = of.statement;
  const send = useMutation({
    mutationFn: ({ text }: { text: string }) =>
      answer(
        api.POST('/api/v1/clearing/statements/{id}/objection', {
          params: { path: { id } },
          body: { version, settlements, text: text.trim() },
        }),
      ),
    onSuccess: () => stale(),
  });
  return (
    <Dialog
      title={`登记异议：${name}`}
      okText="登记"
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p className="quiet">
        {settlements.length > 0
          ? `所涉结算 ${settlements.length} 笔：${settlements.join('、')}`
          : '没有勾选结算，为对整张清算单的异议'}
      </p>
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) =>
          send.mutate(values, {
            onSuccess: () => {
              close();
              done();
            },
          })
        }
      >
        <Form.Item
          name="text"
          label="异议内容"
          rules={[{ required: true, whitespace: true, message: '请写明异议内容' }]}
        >
          <Input {...first} maxLength={500} />
        </Form.Item>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {send.isError && <Failure error={send.error} />}
    </Dialog>
  );
}
