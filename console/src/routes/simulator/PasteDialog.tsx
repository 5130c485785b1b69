import { Alert, Form, Input } from 'antd';
import { useState } from 'react';
import { Dialog, first } from '../../parts/dialog';
import { readPasted, type PastedCase } from './paste';

interface Props {
  take: (cases: PastedCase[]) => void;
  close: () => void;
}

/** Cases from a case file or a spreadsheet, by copy and paste. */
export function PasteDialog({ take, close }: Props) {
  const [form] = Form.useForm<{ text?: string }>();
  const [fault, setFault] = useState<string>();
  const read = ({ text }: { text?: string }) => {
    try {
      take(readPasted(text ?? ''));
      close();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog title="粘贴病例" okText="填入" width={760} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" onFinish={read}>
        <Form.Item
          name="text"
          label="病例文件或表格的若干行"
          extra="有表头时按列名读取（中文或英文列名），没有表头时按病例文件的列次序；一格内的几个编码用 | 分开。Ctrl+回车填入"
        >
          <Input.TextArea
            {...first}
            rows={9}
            className="simulator-paste"
            placeholder={
              'case_id,sex,age_years,los_days,principal_dx,secondary_dx,procedures,total_cost\n' +
              'B1,1,68,9,I63.900,I10.x00|E11.900,,8900.00'
            }
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.ctrlKey) form.submit();
            }}
          />
        </Form.Item>
      </Form>
      {fault && <Alert type="warning" showIcon title={fault} />}
    </Dialog>
  );
}
