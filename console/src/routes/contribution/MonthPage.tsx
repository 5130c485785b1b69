import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Popconfirm, Skeleton, Space, Table } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { answer, api, type BoardGroup, type ContributionBoard } from '../../api/client';
import { useKey } from '../../app/keys';
import { useSession } from '../../app/session';
import { Amount } from '../../parts/amount';
import { formatTime } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { ReceiptProblems } from './ReceiptProblems';
import { ReceiptsUpload } from './ReceiptsUpload';
import { RefundsCard } from './RefundsCard';

const amount = (value: string) => <Amount value={value} />;

function Totals({ of }: { of: ContributionBoard }) {
  return (
    <Card size="small" title="应缴与到账">
      <Table<BoardGroup>
        size="small"
        pagination={false}
        rowKey="kind"
        dataSource={[...of.kinds, of.total]}
        rowClassName={(row) => (row.kind ? '' : 'total-row')}
        columns={[
          { title: '单位类型', dataIndex: 'name' },
          { title: '单位数', dataIndex: 'owners', align: 'right', width: 90 },
          { title: '人数', dataIndex: 'persons', align: 'right', width: 90 },
          { title: '应缴', dataIndex: 'owed', align: 'right', render: amount },
          { title: '到账', dataIndex: 'paid', align: 'right', render: amount },
          { title: '欠缴', dataIndex: 'unpaid', align: 'right', render: amount },
          { title: '多缴', dataIndex: 'overpaid', align: 'right', render: amount },
        ]}
      />
    </Card>
  );
}

function Files({ of }: { of: ContributionBoard }) {
  return (
    <Card size="small" title="到账文件">
      <Table
        size="small"
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        rowKey="file"
        dataSource={of.files}
        locale={{ emptyText: '还没有导入到账文件' }}
        columns={[
          { title: '批次', dataIndex: 'number', width: 180 },
          { title: '文件', dataIndex: 'name', ellipsis: true },
          { title: '笔数', dataIndex: 'lines', align: 'right', width: 80 },
          { title: '金额', dataIndex: 'total', align: 'right', render: amount },
          {
            title: '结果',
            render: (_, row) =>
              row.by_status.map((one) => `${one.name} ${one.lines} 笔`).join('，'),
          },
          {
            title: '导入',
            width: 230,
            render: (_, row) => `${row.imported_by} ${formatTime(row.imported_at)}`,
          },
        ]}
      />
    </Card>
  );
}

function useAssess(month: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/contributions/months/{month}', {
          params: { path: { month } },
          body: {},
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['contributions'] }),
  });
}

/** One fee month: what is owed and paid, the files of receipts, and lines nobody claims yet. */
export function MonthPage() {
  const { today } = useSession();
  const { month = today.slice(0, 7) } = useParams();
  const navigate = useNavigate();
  const assess = useAssess(month);
  const board = useQuery({
    queryKey: ['contributions', month],
    queryFn: () =>
      answer(api.GET('/api/v1/contributions/months/{month}', { params: { path: { month } } })),
  });
  const go = (to: string | null | undefined) => {
    if (to) void navigate(`/contributions/${to}`);
  };
  useKey('ArrowLeft', () => go(board.data?.previous));
  useKey('ArrowRight', () => go(board.data?.next));
  const done = assess.data;
  return (
    <Page
      title={`${month} 征缴`}
      extra={
        <Space>
          <Button disabled={!board.data?.previous} onClick={() => go(board.data?.previous)}>
            上月 ←
          </Button>
          <Button disabled={!board.data?.next} onClick={() => go(board.data?.next)}>
            下月 →
          </Button>
          <Popconfirm
            title={`核定全部单位 ${month} 的应缴？`}
            description="已核定的按现在的申报重新核定，只记差额。"
            onConfirm={() => assess.mutate()}
          >
            <Button type="primary" loading={assess.isPending}>
              核定本月
            </Button>
          </Popconfirm>
        </Space>
      }
    >
      {board.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {board.isError && <Failure error={board.error} retry={() => void board.refetch()} />}
      {assess.isError && <Failure error={assess.error} />}
      {done && (
        <p className="quiet" role="status">
          已核定 {done.employers} 个单位 {done.persons} 人，与上次相同 {done.unchanged} 个单位，
          {done.problems} 人未能核定
        </p>
      )}
      {board.data && (
        <div className="stack">
          <Totals of={board.data} />
          <ReceiptsUpload />
          <ReceiptProblems rows={board.data.problems} />
          <RefundsCard />
          <Files of={board.data} />
        </div>
      )}
    </Page>
  );
}
