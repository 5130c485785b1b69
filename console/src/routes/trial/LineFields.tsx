import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import { useWords } from '../../app/queries';
import type { TrialFields } from './fields';
import { optionsOf } from './TrialForm';

const priceRule = { pattern: /^\d{1,9}(\.\d{1,4})?$/, message: '单价' };
const percentRule = { pattern: /^(100|\d{1,2}(\.\d{1,4})?)$/, message: '比例' };
const quantityRule = { pattern: /^\d{1,7}(\.\d{1,4})?$/, message: '数量' };

/** The name of a line: free text for a total, or an item, which fills the other fields. */
function ItemName({
  at,
  value,
  onChange,
}: {
  at: number;
  value?: string;
  onChange?: (name: string) => void;
}) {
  const form = Form.useFormInstance<TrialFields>();
  const [text, setText] = useState('');
  const items = useQuery({
    queryKey: ['items', text],
    enabled: text.length > 0,
    queryFn: () => answer(api.GET('/api/v1/items', { params: { query: { text, limit: 15 } } })),
    placeholderData: (previous) => previous,
  });
  return (
    <AutoComplete
      aria-label="项目"
      value={value}
      placeholder="项目名称或编码；也可写“甲类合计”"
      options={(text ? items.data : undefined)?.map((item) => ({
        value: item.code,
        label: [item.name, item.class_name, item.price && `限价 ${item.price} 元`]
          .filter(Boolean)
          .join('　'),
      }))}
      showSearch={{ onSearch: setText }}
      onChange={(name: string) => {
        form.setFieldValue(['lines', at, 'code'], undefined);
        onChange?.(name);
      }}
      onSelect={(code: string) => {
        const item = items.data?.find((one) => one.code === code);
        if (!item) return;
        form.setFieldValue(['lines', at, 'code'], item.code);
        form.setFieldValue(['lines', at, 'name'], item.name);
        form.setFieldValue(['lines', at, 'class'], item.class);
        form.setFieldValue(['lines', at, 'prior_percent'], undefined);
        if (item.price) form.setFieldValue(['lines', at, 'price'], item.price);
      }}
    />
  );
}

/** The costs: items of the catalogue, or totals by class. */
export function LineFields() {
  const words = useWords().data;
  return (
    <Form.List
      name="lines"
      rules={[
        {
          validator: (_, lines: unknown[] | undefined) =>
            lines?.length ? Promise.resolve() : Promise.reject(new Error('请至少填一行费用')),
        },
      ]}
    >
      {(rows, { add, remove }, { errors }) => (
        <div className="line-fields">
          <div className="line-head">
            <span>项目</span>
            <span>等级</span>
            <span>先行自付</span>
            <span>单价（元）</span>
            <span>数量</span>
            <span />
          </div>
          {rows.map(({ key, name }) => (
            <div className="line-row" key={key}>
              <Form.Item name={[name, 'code']} hidden>
                <Input />
              </Form.Item>
              <Form.Item name={[name, 'name']} rules={[{ required: true, message: '项目' }]}>
                <ItemName at={name} />
              </Form.Item>
              <Form.Item name={[name, 'class']} rules={[{ required: true, message: '等级' }]}>
                <Select aria-label="等级" options={optionsOf(words?.item_classes)} />
              </Form.Item>
              <Form.Item name={[name, 'prior_percent']} rules={[percentRule]}>
                <Input
                  aria-label="先行自付比例"
                  className="yuan-input"
                  inputMode="decimal"
                  placeholder="0"
                  suffix="%"
                />
              </Form.Item>
              <Form.Item
                name={[name, 'price']}
                rules={[{ required: true, message: '单价' }, priceRule]}
              >
                <Input aria-label="单价" className="yuan-input" inputMode="decimal" />
              </Form.Item>
              <Form.Item
                name={[name, 'quantity']}
                rules={[{ required: true, message: '数量' }, quantityRule]}
              >
                <Input aria-label="数量" className="yuan-input" inputMode="decimal" />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label="删除此行"
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button
            type="dashed"
            block
            icon={<PlusOutlined />}
            onClick={() => add({ name: '', class: 'A', price: '', quantity: '1' })}
          >
            增加一行
          </Button>
        </div>
      )}
    </Form.List>
  );
}
