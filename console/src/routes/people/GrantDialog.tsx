import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { answer, api } from '../../api/client';
import { useSession } from '../../app/session';
import { fromDay, toDay } from '../../parts/day';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';

interface Values {
  member: string;
  relation: string;
  purposes?: string[];
  limit?: string;
  from: Dayjs;
  to?: Dayjs | null;
}

const relations = [
  { value: 'spouse', label: '配偶' },
  { value: 'parent', label: '父母' },
  { value: 'child', label: '子女' },
  { value: 'sibling', label: '兄弟姐妹' },
  { value: 'grandparent', label: '祖父母、外祖父母' },
  { value: 'grandchild', label: '孙子女、外孙子女' },
];

const purposes = [
  { value: 'own_share', label: '医疗费个人负担' },
  { value: 'pharmacy', label: '药店购药' },
  { value: 'resident_premium', label: '居民医保缴费' },
  { value: 'large_amount_premium', label: '大额医疗补助缴费' },
  { value: 'long_term_care_premium', label: '长期护理保险缴费' },
];

function useGrant(no: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Values) =>
      answer(
        api.POST('/api/v1/people/{no}/account/grants', {
          params: { path: { no } },
          body: {
            member: values.member.trim(),
            relation: values.relation,
            purposes: values.purposes ?? [],
            limit: values.limit?.trim() || null,
            from: fromDay(values.from) ?? '',
            to: fromDay(values.to) ?? null,
          },
        }),
      ),
    onSuccess: () =>
      Promise.all(
        [['account'], ['person'], ['register', no]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

const must = (message: string) => [{ required: true, message }];

/** Lets a near relative use this person's account. */
export function GrantDialog({ no, close }: { no: string; close: () => void }) {
  const [form] = Form.useForm<Values>();
  const { today } = useSession();
  const grant = useGrant(no);
  return (
    <Dialog
      title="授权近亲属使用本人账户"
      okText="授权"
      confirmLoading={grant.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ from: toDay(today) }}
        onFinish={(values: Values) => grant.mutate(values, { onSuccess: close })}
      >
        <Form.Item name="member" label="使用人的人员编号" rules={must('请填写人员编号')}>
          <Input {...first} maxLength={40} />
        </Form.Item>
        <Form.Item name="relation" label="账户人是使用人的" rules={must('请选择关系')}>
          <Select options={relations} />
        </Form.Item>
        <Form.Item name="purposes" label="用途（不选为政策允许的全部）">
          <Select mode="multiple" options={purposes} />
        </Form.Item>
        <Form.Item
          name="limit"
          label="年度限额（元，不填为不限）"
          rules={[{ pattern: /^\d+(\.\d{1,2})?$/, message: '应为金额，例如 2000 或 2000.50' }]}
        >
          <Input maxLength={12} />
        </Form.Item>
        <div className="upload-form">
          <Form.Item name="from" label="起" rules={must('请选择日期')}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="to" label="止（不填为长期）">
            <DatePicker />
          </Form.Item>
        </div>
      </Form>
      {grant.isError && <Failure error={grant.error} />}
    </Dialog>
  );
}
