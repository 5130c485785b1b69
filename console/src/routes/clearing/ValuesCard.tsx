import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { answer, api, type PaymentArrangement } from '../../api/client';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { AssumedTag } from '../../parts/trace';

/** What the method of a year is, and where its numbers come from. */
function Method({ of, year }: { of: PaymentArrangement; year: number }) {
  const version = of.versions.filter((one) => one.year <= year).at(-1);
  if (!version) return <span className="quiet">这一年没有参数</span>;
  return (
    <>
      {version.method} <Mark tone="plain">{version.state_name}</Mark>{' '}
      {version.assumed && <AssumedTag reason={version.assumed} />}
      <span className="quiet"> {version.basis}</span>
    </>
  );
}

/** Points or scores of the year so far: worked out anew, each change kept with its reason. */
export function ValuesCard({ year }: { year: number }) {
  const client = useQueryClient();
  const methods = useQuery({
    queryKey: ['payment-methods'],
    queryFn: () => answer(api.GET('/api/v1/points/methods')),
    staleTime: Infinity,
  });
  const value = useMutation({
    mutationFn: (arrangement: string) =>
      answer(api.POST('/api/v1/points/cases', { body: { arrangement, year } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['case-values'] }),
  });
  const done = value.data;
  if (methods.isError) return <Failure error={methods.error} />;
  return (
    <Card size="small" title={`${year}年病例点数（分值）`}>
      {value.isError && <Failure error={value.error} />}
      {done && !value.isError && (
        <p role="status">
          病例 {done.cases} 例：新算 {done.fresh} 例，变化 {done.changed} 例，没有病组不能计算{' '}
          {done.unpriced} 例；预估点值 {done.point_value} 元
          {done.simulated && '（参数未经批准，只是测算）'}
        </p>
      )}
      <Table<PaymentArrangement>
        size="small"
        pagination={false}
        rowKey="key"
        loading={methods.isPending}
        dataSource={methods.data ?? []}
        locale={nothing('本统筹区没有支付办法')}
        columns={[
          { title: '支付安排', dataIndex: 'title', width: 210 },
          { title: '办法与依据', render: (_, row) => <Method of={row} year={year} /> },
          {
            title: '',
            width: 110,
            align: 'right',
            render: (_, row) => (
              <Button
                size="small"
                loading={value.isPending && value.variables === row.key}
                onClick={() => value.mutate(row.key)}
              >
                计算点数
              </Button>
            ),
          },
        ]}
      />
    </Card>
  );
}
