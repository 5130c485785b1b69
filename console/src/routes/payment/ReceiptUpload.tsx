import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Upload } from 'antd';
import { answer, api, formBody } from '../../api/client';
import { Failure } from '../../parts/failure';
import { useClearingStale } from '../clearing/queries';

/** What the bank answered: taken whole when count, total and every line agree, else not at all. */
export function ReceiptUpload() {
  const stale = useClearingStale();
  const take = useMutation({
    mutationFn: (file: File) => answer(api.POST('/api/v1/clearing/receipts', formBody({ file }))),
    onSettled: stale,
  });
  const done = take.data;
  return (
    <Card size="small" title="导入银行回单">
      <Upload
        accept=".csv"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => {
          take.mutate(file);
          return false;
        }}
      >
        <Button loading={take.isPending}>选择回单文件</Button>
      </Upload>
      <span className="quiet">
        {' '}
        笔数、合计和每一笔都与付款文件相符才入账；同一份再导入不会重复。
      </span>
      {take.isError && <Failure error={take.error} />}
      {done && !take.isError && (
        <Alert
          className="month-done"
          role="status"
          showIcon
          type={done.returned.length > 0 ? 'warning' : 'success'}
          title={[
            done.known && '这份回单以前已经导入，没有重复入账。',
            `付款文件${done.file}：已付 ${done.paid} 元，退回 ${done.returned_total} 元`,
          ]}
          description={
            done.returned.length > 0 && (
              <ul className="says">
                {done.returned.map((one) => (
                  <li key={one.order}>
                    {one.order}：{one.reason}
                  </li>
                ))}
              </ul>
            )
          }
        />
      )}
    </Card>
  );
}
