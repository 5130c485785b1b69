import { Form, Input } from 'antd';
import type { SimulatorScheme } from '../../api/client';
import { AssumedTag } from '../../parts/trace';

/** What a unit is worth: the area publishes it, so it is filled in here. */
export function TermsFields({ scheme }: { scheme: SimulatorScheme }) {
  const drg = scheme.kind === 'drg';
  return (
    <>
      <p className="quiet simulator-note">
        <AssumedTag reason="初始参数为便于演示而设，请改为统筹区公布的数" /> 例均费用按权重（分值）×
        {drg ? '费率' : '单价'}估计
      </p>
      <div className="simulator-trio">
        <Form.Item label={drg ? '费率（元/权重）' : '分值单价（元）'} name={['terms', 'unit']}>
          <Input className="yuan-input" inputMode="decimal" />
        </Form.Item>
        <Form.Item label="机构系数" name={['terms', 'coefficient']}>
          <Input className="yuan-input" inputMode="decimal" />
        </Form.Item>
        <Form.Item label="个人及其他支付" name={['terms', 'others']}>
          <Input className="yuan-input" inputMode="decimal" />
        </Form.Item>
      </div>
      <div className="simulator-trio">
        <Form.Item label="低倍率界限（倍）" name={['terms', 'low']}>
          <Input className="yuan-input" inputMode="decimal" />
        </Form.Item>
        <Form.Item label="高倍率界限（倍）" name={['terms', 'high']}>
          <Input className="yuan-input" inputMode="decimal" />
        </Form.Item>
      </div>
    </>
  );
}
