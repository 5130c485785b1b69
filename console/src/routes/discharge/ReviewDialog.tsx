import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { answer, api, type DischargeLine } from '../../api/client';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';

export type Review = 'approve' | 'return';

interface Props {
  of: DischargeLine;
  review: Review;
  close: () => void;
  decided: () => void;
}

/** Approving a list, or sending it back with the reason. */
export function ReviewDialog({ of, review, close, decided }: Props) {
  const [form] = Form.useForm<{ reason?: string }>();
  const client = useQueryClient();
  const params = { path: { id: of.id } };
  const send = useMutation({
    mutationFn: (reason: string) =>
      answer(
        review === 'approve'
          ? api.POST('/api/v1/discharges/{id}/approval', { params })
          : api.POST('/api/v1/discharges/{id}/return', { params, body: { reason } }),
      ),
    onSuccess: () =>
      Promise.all(
        [['discharges'], ['discharge', of.id]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const finish = ({ reason = '' }: { reason?: string }) =>
    send.mutate(reason.trim(), {
      onSuccess: () => {
        close();
        decided();
      },
    });
  return (
    <Dialog
      title={`${review === 'approve' ? '审核通过' : '退回清单'}：${of.person_name} ${of.id}`}
      okText="确定"
      okButtonProps={{ autoFocus: review === 'approve' }}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form form={form} layout="vertical" onFinish={finish}>
        {review === 'approve' ? (
          <p>
            差错 {of.errors} 处，提示 {of.warnings} 处。通过以后，机构不能再修改这张清单。
          </p>
        ) : (
          <Form.Item
            name="reason"
            label="退回理由"
            rules={[{ required: true, whitespace: true, message: '请写明退回理由' }]}
          >
            <Input {...first} maxLength={200} />
          </Form.Item>
        )}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {send.isError && <Failure error={send.error} />}
    </Dialog>
  );
}
