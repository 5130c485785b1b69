import { Button, Card, Checkbox, DatePicker, Form, Select, type FormInstance } from 'antd';
import { takeDay } from '../../app/keys';
import { useWords } from '../../app/queries';
import type { Word } from '../../api/client';
import type { TrialFields } from './fields';
import { LineFields } from './LineFields';
import { PersonFields } from './PersonFields';
import { PlaceFields } from './PlaceFields';

export const optionsOf = (words: Word[] | undefined) =>
  (words ?? []).map((word) => ({ value: word.code, label: word.name }));

interface Props {
  form: FormInstance<TrialFields>;
  busy: boolean;
  send: (fields: TrialFields) => void;
}

function VisitFields() {
  const words = useWords().data;
  return (
    <>
      <Form.Item label="险种" name="scheme" rules={[{ required: true, message: '请选择险种' }]}>
        <Select options={optionsOf(words?.schemes)} />
      </Form.Item>
      <Form.Item
        label="医疗类别"
        name="care_type"
        rules={[{ required: true, message: '请选择医疗类别' }]}
      >
        <Select showSearch={{ optionFilterProp: 'label' }} options={optionsOf(words?.care_types)} />
      </Form.Item>
      <Form.Item
        label="就诊起止"
        name="days"
        rules={[{ required: true, message: '请选择就诊日期' }]}
      >
        <DatePicker.RangePicker allowClear={false} onKeyDown={takeDay} />
      </Form.Item>
      <Form.Item label="个人账户" name="use_account" valuePropName="checked">
        <Checkbox>用个人账户支付</Checkbox>
      </Form.Item>
      <Form.Item label="慢特病病种" name="disease">
        <Select
          allowClear
          placeholder="无"
          showSearch={{ optionFilterProp: 'label' }}
          options={optionsOf(words?.diseases)}
        />
      </Form.Item>
    </>
  );
}

/** What a trial is about: who, where, what care, which costs. */
export function TrialForm({ form, busy, send }: Props) {
  return (
    <Form<TrialFields>
      form={form}
      layout="horizontal"
      labelCol={{ flex: '92px' }}
      colon={false}
      requiredMark={false}
      onFinish={send}
      scrollToFirstError
    >
      <div className="trial-columns">
        <Card size="small" title="就诊">
          <VisitFields />
          <PlaceFields />
        </Card>
        <Card size="small" title="参保人">
          <PersonFields />
        </Card>
        <Card
          size="small"
          title="费用"
          className="trial-costs"
          extra={
            <Button type="primary" htmlType="submit" loading={busy}>
              试算
            </Button>
          }
        >
          <LineFields />
        </Card>
      </div>
    </Form>
  );
}
