import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Segmented, Select } from 'antd';
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
      aria-label="参保人"
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

/** What the year already holds: as many counters as the clerk cares to name; the rest are nil. */
function CounterFields({ scheme }: { scheme: string | undefined }) {
  const words = useWords().data;
  const fitting = words?.counters.filter((one) => one.parent == null || one.parent === scheme);
  return (
    <Form.List name={['person', 'counters']}>
      {(rows, { add, remove }) => (
        <Form.Item label="本年累计">
          {rows.map(({ key, name }) => (
            <div className="counter-row" key={key}>
              <Form.Item name={[name, 'code']} rules={[{ required: true, message: '累计项' }]}>
                <Select
                  aria-label="累计项"
                  placeholder="累计项"
                  showSearch={{ optionFilterProp: 'label' }}
                  options={optionsOf(fitting)}
                />
              </Form.Item>
              <Form.Item
                name={[name, 'value']}
                rules={[{ required: true, message: '值' }, yuanRule]}
              >
                <Input aria-label="累计值" className="yuan-input" inputMode="decimal" />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label="删除此累计"
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ value: '' })}>
            增加累计
          </Button>
        </Form.Item>
      )}
    </Form.List>
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
          <InputNumber aria-label="年龄" min={0} max={130} precision={0} suffix="岁" />
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
      <Form.Item label="连续参保" name={['person', 'enrolled_years']}>
        <InputNumber min={0} max={99} precision={0} suffix="年" />
      </Form.Item>
      <Form.Item label="个账余额" name={['person', 'account_balance']} rules={[yuanRule]}>
        <Input className="yuan-input" inputMode="decimal" suffix="元" />
      </Form.Item>
      <CounterFields scheme={scheme} />
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
