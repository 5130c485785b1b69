import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Select, Upload } from 'antd';
import { Link } from 'react-router';
import { answer, api, formBody, type AnsweredView } from '../../api/client';
import { Dialog } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { bureaus } from './words';

interface Values {
  bureau: string;
  file?: { originFileObj: File }[];
}

function useAnswers(month: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ bureau, file }: Values) =>
      answer(
        api.POST('/api/v1/watch/{month}/answers', {
          params: { path: { month } },
          ...formBody({ bureau, kind: 'change', file: file?.[0]?.originFileObj }),
        }),
      ),
    onSuccess: () =>
      Promise.all([['watch'], ['lists']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

function Outcome({ of }: { of: AnsweredView }) {
  return (
    <Alert
      type={of.unknown.length > 0 ? 'warning' : 'success'}
      showIcon
      title={`记下 ${of.recorded} 条反馈`}
      description={
        <>
          {of.list && (
            <p>
              予以认定的人员收成名单{' '}
              <Link to={`/difficulty/${of.list.list_no}`}>{of.list.list_no}</Link>，待入册
            </p>
          )}
          {of.unknown.map((one) => (
            <p key={one.row}>
              第 {one.row} 行：{one.reason}
            </p>
          ))}
        </>
      }
    />
  );
}

/** A bureau's answers to the month: those recognised become a list that waits to be applied. */
export function AnswersDialog({ month, close }: { month: string; close: () => void }) {
  const [form] = Form.useForm<Values>();
  const answers = useAnswers(month);
  return (
    <Dialog
      title={`收回 ${month} 的反馈`}
      okText="收回"
      confirmLoading={answers.isPending}
      okButtonProps={{ disabled: answers.isSuccess }}
      cancelText={answers.isSuccess ? '关闭' : '取消'}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form form={form} layout="vertical" onFinish={(values) => answers.mutate(values)}>
        <Form.Item
          name="bureau"
          label="反馈部门"
          rules={[{ required: true, message: '请选择部门' }]}
          initialValue="civil_affairs"
        >
          <Select options={bureaus} />
        </Form.Item>
        <Form.Item
          name="file"
          label="反馈文件（CSV、Excel）"
          valuePropName="fileList"
          getValueFromEvent={(event: { fileList: unknown[] }) => event.fileList.slice(-1)}
          rules={[{ required: true, message: '请选择文件' }]}
        >
          <Upload accept=".csv,.xlsx,.xls" beforeUpload={() => false}>
            <Button>选择文件</Button>
          </Upload>
        </Form.Item>
      </Form>
      {answers.isError && <Failure error={answers.error} />}
      {answers.data && <Outcome of={answers.data} />}
    </Dialog>
  );
}
