import { Form, Input, Segmented, Select } from 'antd';
import { CodeSelect, CodesSelect } from './CodeSelect';

const ways = [
  { value: '1', label: '医嘱离院' },
  { value: '2', label: '医嘱转院' },
  { value: '3', label: '转社区或乡镇' },
  { value: '4', label: '非医嘱离院' },
  { value: '5', label: '死亡' },
  { value: '9', label: '其他' },
];

/** Days of age and birth weight matter in the first year of life only. */
function NewbornFields() {
  const age: unknown = Form.useWatch(['case', 'age_years']);
  if (age !== '0' && age !== '') return null;
  return (
    <div className="simulator-pair">
      <Form.Item label="日龄（天）" name={['case', 'age_days']}>
        <Input inputMode="numeric" />
      </Form.Item>
      <Form.Item label="出生体重（克）" name={['case', 'birth_weight_g']}>
        <Input inputMode="numeric" />
      </Form.Item>
    </div>
  );
}

/** The case: who, what was found, what was done, what it cost. */
export function CaseFields() {
  return (
    <>
      <div className="simulator-trio">
        <Form.Item label="性别" name={['case', 'sex']}>
          <Segmented
            options={[
              { value: '1', label: '男' },
              { value: '2', label: '女' },
            ]}
          />
        </Form.Item>
        <Form.Item label="年龄（岁）" name={['case', 'age_years']}>
          <Input inputMode="numeric" data-search />
        </Form.Item>
        <Form.Item label="住院天数" name={['case', 'stay_days']}>
          <Input inputMode="numeric" />
        </Form.Item>
      </div>
      <NewbornFields />
      <Form.Item label="主要诊断" name={['case', 'principal']}>
        <CodeSelect side="diagnosis" placeholder="编码或名称" />
      </Form.Item>
      <Form.Item label="其他诊断（依次）" name={['case', 'others']}>
        <CodesSelect side="diagnosis" placeholder="没有" />
      </Form.Item>
      <Form.Item label="手术操作（主要手术在前）" name={['case', 'procedures']}>
        <CodesSelect side="procedure" placeholder="没有" />
      </Form.Item>
      <div className="simulator-trio">
        <Form.Item label="离院方式" name={['case', 'discharge_status']}>
          <Select allowClear options={ways} />
        </Form.Item>
        <Form.Item label="呼吸机小时" name={['case', 'ventilator_hours']}>
          <Input inputMode="numeric" />
        </Form.Item>
        <Form.Item label="总费用（元）" name={['case', 'total_cost']}>
          <Input className="yuan-input" inputMode="decimal" />
        </Form.Item>
      </div>
      <Form.Item
        label="再加一个诊断会怎样"
        name="added"
        extra="逐个试加，最多十个；只用于核对编码是否遗漏，不能作为调整编码的依据"
      >
        <CodesSelect side="diagnosis" placeholder="试加的诊断" />
      </Form.Item>
    </>
  );
}
