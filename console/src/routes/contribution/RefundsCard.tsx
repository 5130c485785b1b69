import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Space, Table } from 'antd';
import { answer, api, type RefundView } from '../../api/client';
import { Amount } from '../../parts/amount';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';

type Step = 'approve' | 'reject' | 'pay';

function useRefundStep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ row, step }: { row: RefundView; step: Step }) => {
      const params = { path: { id: row.refund } };
      if (step === 'pay') {
        return answer(api.POST('/api/v1/contributions/refunds/{id}/payment', { params }));
      }
      const body = { approve: step === 'approve', note: '' };
      return answer(api.POST('/api/v1/contributions/refunds/{id}/decision', { params, body }));
    },
    onSettled: () =>
      Promise.all(
        [['refunds'], ['contributions'], ['employer']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** Refunds on their way: proposed by one, decided by another, then paid. */
export function RefundsCard() {
  const refunds = useQuery({
    queryKey: ['refunds'],
    queryFn: () => answer(api.GET('/api/v1/contributions/refunds')),
  });
  const move = useRefundStep();
  if (refunds.isError) return <Failure error={refunds.error} />;
  if (!refunds.data?.length) return null;
  const button = (row: RefundView, step: Step, label: string) => (
    <Button size="small" onClick={() => move.mutate({ row, step })}>
      {label}
    </Button>
  );
  return (
    <Card size="small" title="退费">
      {move.isError && <Failure error={move.error} />}
      <Table<RefundView>
        size="small"
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        rowKey="refund"
        dataSource={refunds.data}
        columns={[
          { title: '单位或人员', dataIndex: 'owner' },
          { title: '所属期', dataIndex: 'period', width: 90 },
          { title: '原因', dataIndex: 'reason_name' },
          {
            title: '金额',
            dataIndex: 'amount',
            align: 'right',
            render: (value: string) => <Amount value={value} />,
          },
          { title: '申请人', dataIndex: 'proposed_by', width: 100 },
          { title: '审核人', dataIndex: 'decided_by', width: 100 },
          {
            title: '状态',
            width: 100,
            render: (_, row) => (
              <Mark tone={row.state === 'proposed' ? 'warning' : 'plain'}>{row.state_name}</Mark>
            ),
          },
          {
            title: '',
            width: 150,
            render: (_, row) => (
              <Space size="small">
                {row.state === 'proposed' && button(row, 'approve', '同意')}
                {row.state === 'proposed' && button(row, 'reject', '不同意')}
                {row.state === 'approved' && button(row, 'pay', '支付')}
              </Space>
            ),
          },
        ]}
      />
    </Card>
  );
}
