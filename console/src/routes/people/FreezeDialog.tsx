import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { answer, api } from '../../api/client';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';

interface Props {
  no: string;
  frozen: boolean;
  close: () => void;
}

function useFreeze(no: string, frozen: boolean) {
  const client = useQueryClient();
  const params = { path: { no } };
  return useMutation({
    mutationFn: ({ reason }: { reason?: string }) =>
      answer(
        frozen
          ? api.POST('/api/v1/people/{no}/account/unfreeze', { params })
          : api.POST('/api/v1/people/{no}/account/freeze', {
              params,
              body: { reason: reason?.trim() ?? '' },
            }),
      ),
    onSuccess: () =>
      Promise.all(
        ['account', 'person', 'register'].map((name) =>
          client.invalidateQueries({ queryKey: [name, no] }),
        ),
      ),
  });
}

/** Stops payments from an account, or lets them flow again. */
export function FreezeDialog({ no, frozen, close }: Props) {
  const [form] = Form.useForm<{ reason?: string }>();
  const freeze = useFreeze(no, frozen);
  return (
    <Dialog
      title={frozen ? '解冻个人账户' : '冻结个人账户'}
      okText={frozen ? '解冻' : '冻结'}
      confirmLoading={freeze.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={(values: { reason?: string }) => freeze.mutate(values, { onSuccess: close })}
      >
        {frozen ? (
          <p>解冻以后，账户可以照常支付和划入。</p>
        ) : (
          <Form.Item name="reason" label="原因" rules={[{ required: true, message: '请写明原因' }]}>
            <Input {...first} maxLength={200} />
          </Form.Item>
        )}
      </Form>
      {freeze.isError && <Failure error={freeze.error} />}
    </Dialog>
  );
}
