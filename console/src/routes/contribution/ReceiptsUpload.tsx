import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Space, Table, Upload } from 'antd';
import { useState } from 'react';
import { answer, api, formBody, type ReceiptsResult } from '../../api/client';
import { Failure } from '../../parts/failure';

/** What the dry run of a file found: what would be booked, and what cannot be read. */
function Outcome({ of }: { of: ReceiptsResult }) {
  return (
    <>
      <Alert
        type={of.applied ? 'success' : of.issues.length > 0 ? 'warning' : 'info'}
        showIcon
        title={of.message}
        description={of.by_status
          .map((one) => `${one.name} ${one.lines} 笔 ${one.total} 元`)
          .join('，')}
      />
      {of.issues.length > 0 && (
        <Table
          size="small"
          pagination={{ pageSize: 8, hideOnSinglePage: true }}
          rowKey={(row) => `${row.line} ${row.column}`}
          dataSource={of.issues}
          columns={[
            { title: '行', dataIndex: 'line', width: 70, align: 'right' },
            { title: '列', dataIndex: 'column', width: 140 },
            { title: '问题', dataIndex: 'message' },
          ]}
        />
      )}
    </>
  );
}

function send(file: File, options: { dry_run: boolean; rows_ok: boolean }) {
  const fields = { dry_run: String(options.dry_run), rows_ok: String(options.rows_ok), file };
  return answer(api.POST('/api/v1/contributions/receipts', formBody(fields)));
}

/** A file of receipts from the tax side: tried first, booked when the clerk says so. */
export function ReceiptsUpload() {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const take = useMutation({
    mutationFn: ({ chosen, dry, rows }: { chosen: File; dry: boolean; rows: boolean }) =>
      send(chosen, { dry_run: dry, rows_ok: rows }),
    onSuccess: (done) =>
      done.applied ? client.invalidateQueries({ queryKey: ['contributions'] }) : undefined,
  });
  const seen = take.data;
  const book = (rows: boolean) => file && take.mutate({ chosen: file, dry: false, rows });
  return (
    <Card size="small" title="导入税务到账文件">
      <Space>
        <Upload
          accept=".csv"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(chosen) => {
            setFile(chosen);
            take.mutate({ chosen, dry: true, rows: false });
            return false;
          }}
        >
          <Button loading={take.isPending}>选择文件并试运行</Button>
        </Upload>
        {file && <span className="quiet">{file.name}</span>}
        {seen && !seen.applied && seen.issues.length === 0 && (
          <Button type="primary" onClick={() => book(false)}>
            入账
          </Button>
        )}
        {seen && !seen.applied && seen.issues.length > 0 && (
          <Button onClick={() => book(true)}>只入账能读取的行</Button>
        )}
      </Space>
      {take.isError && <Failure error={take.error} />}
      {seen && <Outcome of={seen} />}
    </Card>
  );
}
