import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Space, Table } from 'antd';
import { Link } from 'react-router';
import { answer, api, type ReopenedBill } from '../../api/client';
import { Amount } from '../../parts/amount';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';

interface Props {
  rows: ReopenedBill[];
  decide?: (row: ReopenedBill, accept: boolean) => void;
}

/** Bills that a change of the past would have decided otherwise, with both results. */
export function ReopenedTable({ rows, decide }: Props) {
  const amount = (value: string) => <Amount value={value} />;
  return (
    <Table<ReopenedBill>
      size="small"
      pagination={false}
      rowKey={(row) => row.settlement_id + row.entry}
      dataSource={rows}
      columns={[
        {
          title: '结算编号',
          dataIndex: 'settlement_id',
          render: (id: string) => <Link to={`/settlement/${id}`}>{id}</Link>,
        },
        { title: '原基金支付', dataIndex: 'fund_before', align: 'right', render: amount },
        { title: '重算后', dataIndex: 'fund_after', align: 'right', render: amount },
        { title: '结论', dataIndex: 'reason' },
        {
          title: '状态',
          dataIndex: 'state_name',
          width: 90,
          render: (text: string, row) => (
            <Mark tone={row.state === 'open' ? 'warning' : 'plain'}>{text}</Mark>
          ),
        },
        ...(decide
          ? [
              {
                title: '',
                width: 150,
                render: (_: unknown, row: ReopenedBill) =>
                  row.state === 'open' && (
                    <Space size="small">
                      <Button size="small" onClick={() => decide(row, true)}>
                        确认
                      </Button>
                      <Button size="small" type="text" onClick={() => decide(row, false)}>
                        不处理
                      </Button>
                    </Space>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** The person's re-opened bills; the card is only there when there are any. */
export function ReopenedCard({ no }: { no: string }) {
  const client = useQueryClient();
  const list = useQuery({
    queryKey: ['reopened', no],
    queryFn: () => answer(api.GET('/api/v1/reopened', { params: { query: { person_no: no } } })),
  });
  const decide = useMutation({
    mutationFn: ({ row, accept }: { row: ReopenedBill; accept: boolean }) =>
      answer(
        api.POST('/api/v1/reopened/{id}', {
          params: { path: { id: row.settlement_id } },
          body: { person_no: row.person_no, entry: row.entry, accept },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['reopened'] }),
  });
  if (list.isError) return <Failure error={list.error} />;
  if (!list.data?.length) return null;
  return (
    <Card size="small" title="追溯差额" className="person-wide">
      {decide.isError && <Failure error={decide.error} />}
      <ReopenedTable rows={list.data} decide={(row, accept) => decide.mutate({ row, accept })} />
    </Card>
  );
}
