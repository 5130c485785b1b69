import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { answer, api, type FilingView } from '../../api/client';
import { fromDay, toDay } from '../../parts/day';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';

export type Verdict = 'approve' | 'reject';

interface Values {
  from?: Dayjs | null;
  to?: Dayjs | null;
  conclusion?: string;
  note?: string;
}

interface Props {
  of: FilingView;
  verdict: Verdict;
  decided: () => void;
  close: () => void;
}

function useVerdict(of: FilingView, verdict: Verdict) {
  const client = useQueryClient();
  const params = { path: { id: of.id } };
  return useMutation({
    mutationFn: (values: Values) =>
      answer(
        verdict === 'reject'
          ? api.POST('/api/v1/filings/{id}/rejection', {
              params,
              body: { reason: values.note?.trim() ?? '' },
            })
          : api.POST('/api/v1/filings/{id}/approval', {
              params,
              body: {
                from: fromDay(values.from) ?? null,
                to: fromDay(values.to) ?? null,
                institutions: null,
                conclusion: values.conclusion ?? null,
                note: values.note?.trim() ?? null,
              },
            }),
      ),
    onSuccess: () =>
      Promise.all(
        [['filings'], ['person', of.person_no], ['register', of.person_no]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

function Conclusions() {
  const words = useQuery({
    queryKey: ['filing-words'],
    queryFn: () => answer(api.GET('/api/v1/filings/words')),
    staleTime: Infinity,
  });
  return (
    <Form.Item
      name="conclusion"
      label="调查结论"
      rules={[{ required: true, message: '请选择调查结论' }]}
    >
      <Select
        {...first}
        options={(words.data?.conclusions ?? []).map((one) => ({
          value: one.code,
          label: one.name,
        }))}
      />
    </Form.Item>
  );
}

function Grant({ accident }: { accident: boolean }) {
  return (
    <>
      {accident ? (
        <Conclusions />
      ) : (
        <div className="upload-form">
          <Form.Item name="from" label="起">
            <DatePicker />
          </Form.Item>
          <Form.Item name="to" label="止（不填为长期或按规定）">
            <DatePicker />
          </Form.Item>
        </div>
      )}
      <Form.Item name="note" label={accident ? '事实与证据' : '备注'}>
        <Input {...(!accident && first)} maxLength={200} />
      </Form.Item>
    </>
  );
}

/** Granting with its days, or refusing with its reason: Enter carries it out. */
export function VerdictDialog({ of, verdict, decided, close }: Props) {
  const [form] = Form.useForm<Values>();
  const send = useVerdict(of, verdict);
  const accident = of.class === 'accident';
  const titles = { approve: accident ? '调查结论' : '准予备案', reject: '不予备案' };
  return (
    <Dialog
      title={`${titles[verdict]}：${of.person_name} ${of.subject}`}
      okText="确定"
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ from: toDay(of.from), to: toDay(of.to) }}
        onFinish={(values: Values) =>
          send.mutate(values, {
            onSuccess: () => {
              close();
              decided();
            },
          })
        }
      >
        {verdict === 'approve' ? (
          <Grant accident={accident} />
        ) : (
          <Form.Item name="note" label="理由" rules={[{ required: true, message: '请写明理由' }]}>
            <Input {...first} maxLength={200} />
          </Form.Item>
        )}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {send.isError && <Failure error={send.error} />}
    </Dialog>
  );
}
