import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Radio } from 'antd';
import { answer, api, type Finding } from '../../api/client';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { decisions, type DecisionWord } from './words';

interface Values {
  to?: string;
  note?: string;
}

interface Props {
  of: Finding;
  word: DecisionWord;
  decided: () => void;
  close: () => void;
}

function useDecide(id: string, word: DecisionWord) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Values) =>
      answer(
        api.POST('/api/v1/cleaning/findings/{id}/decision', {
          params: { path: { id } },
          body: { decision: word, to: values.to ?? null, note: values.note?.trim() ?? '' },
        }),
      ),
    onSuccess: (done) => {
      client.setQueryData(['finding', id], done);
      const stale = [['findings'], ...(word === 'merge' || word === 'split' ? [['person']] : [])];
      return Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}

function Fields({ of, word }: { of: Finding; word: DecisionWord }) {
  const sides = [
    { no: of.person_no, name: of.person_name },
    { no: of.other_no ?? '', name: of.other_name ?? '' },
  ];
  return (
    <>
      {word === 'merge' && (
        <Form.Item name="to" label="保留哪一个编号（另一个并入，以后可以拆分）">
          <Radio.Group
            vertical
            options={sides.map(({ no, name }) => ({ value: no, label: `${name} ${no}` }))}
          />
        </Form.Item>
      )}
      {word === 'assign' && (
        <Form.Item name="to" label="交给谁" rules={[{ required: true, message: '请填写' }]}>
          <Input {...first} maxLength={50} />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label="说明"
        rules={word === 'dismiss' ? [{ required: true, message: '请写明排除的理由' }] : []}
      >
        <Input {...(word !== 'assign' && first)} maxLength={200} />
      </Form.Item>
    </>
  );
}

/** A decision with its note: Enter carries it out, Esc leaves it. */
export function DecisionDialog({ of, word, decided, close }: Props) {
  const [form] = Form.useForm<Values>();
  const decide = useDecide(of.id, word);
  const send = (values: Values) =>
    decide.mutate(values, {
      onSuccess: () => {
        close();
        decided();
      },
    });
  return (
    <Dialog
      title={`${decisions.find((one) => one.word === word)?.name}：${of.check_name}`}
      okText="确定"
      confirmLoading={decide.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p>
        {of.other_name ? `${of.person_name}、${of.other_name}` : of.person_name}：{of.summary}
      </p>
      <Form
        form={form}
        layout="vertical"
        initialValues={word === 'merge' ? { to: of.person_no } : {}}
        onFinish={send}
      >
        <Fields of={of} word={word} />
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {decide.isError && <Failure error={decide.error} />}
    </Dialog>
  );
}
