import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import { useWords } from '../../app/queries';
import { optionsOf } from './TrialForm';

const yuanRule = { pattern: /^\d{1,9}(\.\d{1,2})?$/, message: '请输入金额，最多两位小数' };

function PersonSelect({ value, onChange }: { value?: string; onChange?: (no: string) => void }) {
  const [text, setText] = useState('');
  const asked = text || value || '';
  const found = useQuery({
    queryKey: ['people-select', asked],
    queryFn: () =>
      answer(api.GET('/api/v1/people', { params: { query: { text: asked, limit: 20 } } })),
    placeholderData: (previous) => previous,
  });
  return (
    <Select
      placeholder="姓名、人员编号或证件号码"
      value={value}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={found.isFetching ? '正在查找' : '没有找到'}
      options={found.data?.rows.map((row) => ({
        value: row.no,
        label: `${row.name}　${row.category_name}　${row.no}`,
      }))}
      onChange={(no: string) => {
        setText('');
        onChange?.(no);
      }}
    />
  );
}

function YuanField({ label, name }: { label: string; name: string }) {
  return (
    <Form.Item label={label} name={['person', name]} rules={[yuanRule]}>
      <Input className="yuan-input" inputMode="decimal" suffix="元" />
    </Form.Item>
  );
}

function Facts() {
  const words = useWords().data;
  const scheme = Form.useWatch<string | undefined>('scheme');
  const fitting = words?.person_categories.filter(
    (one) => one.parent == null || scheme == null || one.parent === scheme,
  );
  return (
    <>
      <div className="trial-pair">
        <Form.Item
          label="人员类别"
          name={['person', 'category']}
          rules={[{ required: true, message: '请选择人员类别' }]}
        >
          <Select options={optionsOf(fitting)} />
        </Form.Item>
        <Form.Item name={['person', 'age']} rules={[{ required: true, message: '请输入年龄' }]}>
          <InputNumber min={0} max={130} precision={0} suffix="岁" />
        </Form.Item>
      </div>
      <Form.Item label="救助身份" name={['person', 'identities']}>
        <Select
          mode="multiple"
          allowClear
          placeholder="无"
          options={optionsOf(words?.identities)}
        />
      </Form.Item>
      <Form.Item label="本年已住院" name={['person', 'stays_this_year']}>
        <InputNumber min={0} max={99} precision={0} suffix="次" />
      </Form.Item>
      <YuanField label="统筹已支付" name="fund_used" />
      <YuanField label="门诊已付起付" name="deductible_used" />
      <YuanField label="大病已累计" name="personal_burden" />
      <YuanField label="个账余额" name="account_balance" />
    </>
  );
}

/** Whom the trial is for: a person on file with the year so far, or assumed facts. */
export function PersonFields() {
  const who = Form.useWatch('who');
  return (
    <>
      <Form.Item label="人员" name="who">
        <Segmented
          block
          options={[
            { value: 'facts', label: '假设情况' },
            { value: 'person', label: '指定参保人' },
          ]}
        />
      </Form.Item>
      {who === 'person' ? (
        <>
          <Form.Item
            label=" "
            name="person_no"
            rules={[{ required: true, message: '请选择参保人' }]}
          >
            <PersonSelect />
          </Form.Item>
          <p className="quiet trial-hint">人员类别、身份、年度累计和账户余额取自其档案。</p>
        </>
      ) : (
        <Facts />
      )}
    </>
  );
}
