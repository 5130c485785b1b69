import { useQuery } from '@tanstack/react-query';
import { Button, Card, DatePicker, Space, Table } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { answer, api, type RegisterEntry } from '../../api/client';
import { formatPeriod, formatTime } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { ChangeDialog, type Matter } from './ChangeDialog';

function useRegister(no: string, asOf: Dayjs | null) {
  const at = asOf?.format('YYYY-MM-DDTHH:mm:ss');
  return useQuery({
    queryKey: ['register', no, at ?? ''],
    queryFn: () =>
      answer(
        api.GET('/api/v1/people/{no}/register', {
          params: { path: { no }, query: at ? { as_of: at } : {} },
        }),
      ),
  });
}

/** Facts that were there when the register was opened carry no time of their own. */
function recordedAt(entry: RegisterEntry): string {
  return entry.recorded.startsWith('1970-01-01') ? '建档时' : formatTime(entry.recorded);
}

/** Every fact ever recorded of a person; a moment can be chosen to see what was believed then. */
export function RegisterCard({ no }: { no: string }) {
  const [asOf, setAsOf] = useState<Dayjs | null>(null);
  const [matter, setMatter] = useState<Matter | null>(null);
  const history = useRegister(no, asOf);
  const name = history.data?.find((entry) => entry.kind === 'name' && entry.believed);
  return (
    <Card
      size="small"
      title="登记册"
      className="person-wide"
      extra={
        <Space>
          <DatePicker
            size="small"
            showTime
            placeholder="查看某一时刻的认定"
            aria-label="查看某一时刻的认定"
            value={asOf}
            onChange={(value: Dayjs | null) => setAsOf(value)}
          />
          <Button
            size="small"
            disabled={!name}
            onClick={() => setMatter({ kind: 'name', entry: name })}
          >
            更正姓名
          </Button>
          <Button size="small" onClick={() => setMatter({ kind: 'contact' })}>
            变更联系方式
          </Button>
          <Button size="small" type="primary" onClick={() => setMatter({ kind: 'cover' })}>
            参保变动
          </Button>
        </Space>
      }
    >
      {history.isError && <Failure error={history.error} retry={() => void history.refetch()} />}
      <Table<RegisterEntry>
        size="small"
        rowKey="number"
        loading={history.isPending}
        dataSource={history.data ?? []}
        pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
        rowClassName={(row) => (row.believed ? '' : 'register-past')}
        columns={[
          { title: '序号', dataIndex: 'number', width: 60 },
          { title: '事项', dataIndex: 'kind_name', width: 110 },
          { title: '内容', dataIndex: 'text', className: 'register-text' },
          { title: '有效期', width: 200, render: (_, row) => formatPeriod(row.from, row.to) },
          { title: '登记时间', width: 160, render: (_, row) => recordedAt(row) },
          { title: '经办', width: 90, render: (_, row) => row.by || row.source },
          {
            title: '状态',
            width: 130,
            render: (_, row) => (
              <Mark tone={row.believed ? 'good' : 'plain'}>{row.standing_name}</Mark>
            ),
          },
          {
            title: '',
            width: 60,
            render: (_, row) =>
              row.believed &&
              !asOf && (
                <Button
                  size="small"
                  type="link"
                  onClick={() => setMatter({ kind: 'withdraw', entry: row })}
                >
                  撤回
                </Button>
              ),
          },
        ]}
      />
      {matter && <ChangeDialog no={no} matter={matter} close={() => setMatter(null)} />}
    </Card>
  );
}
