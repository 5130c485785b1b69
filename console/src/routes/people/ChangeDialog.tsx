import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { answer, api, type ChangeAnswer, type RegisterEntry } from '../../api/client';
import { useSession } from '../../app/session';
import { CoverageTimeline } from '../../parts/coverageTimeline';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { fromDay } from '../../parts/day';
import { ReopenedTable } from './ReopenedTable';

export type Matter =
  | { kind: 'name'; entry: RegisterEntry | undefined }
  | { kind: 'contact' }
  | { kind: 'cover' }
  | { kind: 'withdraw'; entry: RegisterEntry };

interface Values {
  day?: Dayjs;
  name?: string;
  phone?: string;
  address?: string;
  scheme?: string;
  event?: string;
}

const titles: Record<Matter['kind'], string> = {
  name: '更正姓名',
  contact: '变更联系方式',
  cover: '参保变动',
  withdraw: '撤回登记',
};

const schemes = [
  { value: 'employee', label: '职工基本医疗保险' },
  { value: 'resident', label: '城乡居民基本医疗保险' },
];

const events = [
  { value: 'suspend', label: '停保' },
  { value: 'resume', label: '续保' },
  { value: 'retire', label: '退休' },
  { value: 'enlist', label: '入伍' },
  { value: 'discharge', label: '退役' },
  { value: 'imprison', label: '服刑' },
  { value: 'release', label: '刑满释放' },
  { value: 'end', label: '终止参保' },
  { value: 'death', label: '死亡' },
];

/** What the form asks for, as facts of the register. */
function factsOf(matter: Matter, values: Values) {
  const from = fromDay(values.day) ?? null;
  switch (matter.kind) {
    case 'name':
      return [
        { from: null, replaces: matter.entry?.number, fact: { kind: 'name', name: values.name } },
      ];
    case 'contact':
      return [
        {
          from,
          fact: { kind: 'contact', phone: values.phone ?? '', address: values.address ?? '' },
        },
      ];
    case 'cover':
      return values.event === 'death'
        ? [{ from, fact: { kind: 'death' } }]
        : [{ from, fact: { kind: 'cover', scheme: values.scheme, event: { kind: values.event } } }];
    case 'withdraw':
      return [{ from: null, replaces: matter.entry.number, withdraw: true }];
  }
}

function Fields({ matter }: { matter: Matter }) {
  const required = (message: string) => [{ required: true, message }];
  switch (matter.kind) {
    case 'name':
      return (
        <Form.Item name="name" label="正确的姓名" rules={required('请填写姓名')}>
          <Input {...first} maxLength={50} />
        </Form.Item>
      );
    case 'contact':
      return (
        <>
          <Form.Item name="day" label="起始日期" rules={required('请选择日期')}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="phone" label="电话">
            <Input maxLength={20} />
          </Form.Item>
          <Form.Item name="address" label="住址">
            <Input maxLength={200} />
          </Form.Item>
        </>
      );
    case 'cover':
      return (
        <>
          <Form.Item name="scheme" label="险种" rules={required('请选择险种')}>
            <Select options={schemes} />
          </Form.Item>
          <Form.Item name="event" label="变动" rules={required('请选择变动')}>
            <Select options={events} />
          </Form.Item>
          <Form.Item name="day" label="发生日期" rules={required('请选择日期')}>
            <DatePicker />
          </Form.Item>
        </>
      );
    case 'withdraw':
      return (
        <p>
          撤回第 {matter.entry.number} 条：{matter.entry.kind_name} {matter.entry.text}
          。记录保留，只是不再作为依据。
        </p>
      );
  }
}

function useChange(no: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ facts, preview }: { facts: ReturnType<typeof factsOf>; preview: boolean }) =>
      answer(
        api.POST('/api/v1/people/{no}/register', {
          params: { path: { no } },
          body: { facts, preview },
        }),
      ),
    onSuccess: async (done) => {
      if (!done.recorded) return;
      await Promise.all(
        [['person', no], ['register', no], ['reopened']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
}

function Outlook({ of, today }: { of: ChangeAnswer; today: string }) {
  return (
    <div className="outlook">
      <h4>变更后的参保经历</h4>
      <CoverageTimeline periods={of.coverage} today={today} />
      {of.reopened.length === 0 ? (
        <Alert type="info" showIcon title="不影响已经结算的账单" />
      ) : (
        <>
          <Alert
            type="warning"
            showIcon
            title={`将有 ${of.reopened.length} 张已结算账单需要补付或追回，登记后列入差额清单，由他人复核`}
          />
          <ReopenedTable rows={of.reopened} />
        </>
      )}
    </div>
  );
}

/** A change of the register: filled in, looked at beforehand, then recorded. */
export function ChangeDialog({
  no,
  matter,
  close,
}: {
  no: string;
  matter: Matter;
  close: () => void;
}) {
  const [form] = Form.useForm<Values>();
  const { today } = useSession();
  const [seen, setSeen] = useState<ChangeAnswer | null>(null);
  const change = useChange(no);
  const send = async (preview: boolean) => {
    const values = await form.validateFields();
    const done = await change.mutateAsync({ facts: factsOf(matter, values), preview });
    if (preview) setSeen(done);
    else close();
  };
  const asked = (preview: boolean) => () => void send(preview).catch(() => undefined);
  return (
    <Dialog
      title={titles[matter.kind]}
      width={820}
      onCancel={close}
      footer={[
        <Button key="cancel" onClick={close}>
          取消
        </Button>,
        <Button key="preview" loading={change.isPending} onClick={asked(true)}>
          预览
        </Button>,
        <Button
          key="save"
          type="primary"
          disabled={!seen}
          loading={change.isPending}
          onClick={asked(false)}
        >
          登记
        </Button>,
      ]}
    >
      <Form
        form={form}
        layout="vertical"
        onValuesChange={() => setSeen(null)}
        onFinish={asked(true)}
      >
        <Fields matter={matter} />
      </Form>
      {change.isError && <Failure error={change.error} />}
      {seen && <Outlook of={seen} today={today} />}
    </Dialog>
  );
}
