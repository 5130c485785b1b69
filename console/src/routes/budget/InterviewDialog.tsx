import { DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { BudgetLine } from '../../api/client';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { useInterview } from './queries';
import { percent } from './words';

interface Values {
  causes: string;
  remedies: string;
  deadline: Dayjs;
  follow_up: Dayjs;
}

interface Props {
  of: BudgetLine;
  through: string;
  close: () => void;
}

const must = (message: string) => [{ required: true, message }];

/** The record of a talk with an institution over its target. */
export function InterviewDialog({ of, through, close }: Props) {
  const [form] = Form.useForm<Values>();
  const hold = useInterview();
  const after = dayjs(`${through}-01`);
  return (
    <Dialog
      title={`约谈：${of.name} 执行进度 ${percent(of.progress)}`}
      okText="记录约谈"
      confirmLoading={hold.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p className="quiet">{of.sentence}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ deadline: after.add(2, 'month'), follow_up: after.add(2, 'month') }}
        onFinish={(values) =>
          hold.mutate(
            {
              institution: of.institution,
              book: of.book,
              through,
              causes: values.causes.trim(),
              remedies: values.remedies.trim(),
              deadline: values.deadline.format('YYYY-MM-DD'),
              follow_up: values.follow_up.format('YYYY-MM'),
            },
            { onSuccess: close },
          )
        }
      >
        <Form.Item name="causes" label="超支原因" rules={must('请写明超支原因')}>
          <Input {...first} maxLength={500} />
        </Form.Item>
        <Form.Item name="remedies" label="整改措施" rules={must('请写明整改措施')}>
          <Input maxLength={500} />
        </Form.Item>
        <div className="upload-form">
          <Form.Item name="deadline" label="整改期限" rules={must('请选择期限')}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="follow_up" label="复查月份" rules={must('请选择月份')}>
            <DatePicker picker="month" />
          </Form.Item>
        </div>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {hold.isError && <Failure error={hold.error} />}
    </Dialog>
  );
}
