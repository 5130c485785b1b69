import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, DatePicker, Form, Input, Select, Upload } from 'antd';
import type { Dayjs } from 'dayjs';
import { useNavigate } from 'react-router';
import { answer, api, formBody } from '../../api/client';
import { useSession } from '../../app/session';
import { fromDay, toDay } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { bureaus, listKinds } from './words';

interface Values {
  bureau: string;
  kind: string;
  day?: Dayjs;
  rows?: string;
  people?: string;
  file?: { originFileObj: File }[];
}

function useReceive() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Values) =>
      answer(
        api.POST(
          '/api/v1/difficulty/lists',
          formBody({
            bureau: values.bureau,
            kind: values.kind,
            day: fromDay(values.day),
            rows: values.rows,
            people: values.people,
            file: values.file?.[0]?.originFileObj,
          }),
        ),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lists'] }),
  });
}

const count = [{ pattern: /^\d*$/, message: '应为数量' }];
const must = (message: string) => [{ required: true, message }];

/** A list comes in: it is checked row by row and waits; the register stays as it is. */
export function ListUpload() {
  const [form] = Form.useForm<Values>();
  const { today } = useSession();
  const navigate = useNavigate();
  const receive = useReceive();
  const send = (values: Values) =>
    receive.mutate(values, {
      onSuccess: (done) => void navigate(`/difficulty/${done.list.list_no}`),
    });
  return (
    <Card size="small" title="收件">
      <Form
        form={form}
        className="upload-form"
        layout="vertical"
        initialValues={{ bureau: 'civil_affairs', kind: 'change', day: toDay(today) }}
        onFinish={send}
      >
        <Form.Item name="bureau" label="送件部门" rules={must('请选择部门')}>
          <Select options={bureaus} style={{ width: 200 }} />
        </Form.Item>
        <Form.Item name="kind" label="名单类型">
          <Select options={listKinds} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name="day" label="名单日" rules={must('请选择日期')}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="rows" label="写明行数" rules={count}>
          <Input style={{ width: 84 }} placeholder="可不填" />
        </Form.Item>
        <Form.Item name="people" label="写明人数" rules={count}>
          <Input style={{ width: 84 }} placeholder="可不填" />
        </Form.Item>
        <Form.Item
          name="file"
          label="名单文件（CSV、Excel）"
          valuePropName="fileList"
          getValueFromEvent={(event: { fileList: unknown[] }) => event.fileList.slice(-1)}
          rules={must('请选择文件')}
        >
          <Upload accept=".csv,.xlsx,.xls" beforeUpload={() => false}>
            <Button>选择文件</Button>
          </Upload>
        </Form.Item>
        <Form.Item>
          <Button type="primary" htmlType="submit" loading={receive.isPending}>
            收件并核对
          </Button>
        </Form.Item>
      </Form>
      {receive.isError && <Failure error={receive.error} />}
      <p className="quiet small-empty">
        收件只核对各行，不改动登记；核对结果看过以后再入册。同一文件再次送来，仍是原来的回执。
      </p>
    </Card>
  );
}
