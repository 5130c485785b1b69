import { useQuery } from '@tanstack/react-query';
import { Drawer, Table } from 'antd';
import { Link } from 'react-router';
import { answer, api, type MonthLine } from '../../api/client';
import { Amount } from '../../parts/amount';
import { Failure } from '../../parts/failure';

const amount = (value: string) => <Amount value={value} />;

/** How a person's contribution of the month came out, step by step. */
function Steps({ of }: { of: MonthLine }) {
  return (
    <ol className="month-steps">
      {of.steps.map((step, at) => (
        <li key={at}>
          <strong>{step.name}</strong> {step.sentence}
          {step.key && (
            <small className="quiet">
              {' '}
              依据 {step.key}（{step.effective} 起）
            </small>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The lines of one month of an employer, each with its explanation. */
export function MonthLines({ no, month, close }: { no: string; month: string; close: () => void }) {
  const lines = useQuery({
    queryKey: ['employer', no, month],
    queryFn: () =>
      answer(api.GET('/api/v1/employers/{no}/months/{month}', { params: { path: { no, month } } })),
  });
  return (
    <Drawer open title={`${month} 逐人核定`} size={880} onClose={close}>
      {lines.isError && <Failure error={lines.error} />}
      <Table<MonthLine>
        size="small"
        loading={lines.isPending}
        rowKey="no"
        dataSource={lines.data ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        expandable={{ expandedRowRender: (row) => <Steps of={row} /> }}
        columns={[
          {
            title: '姓名',
            dataIndex: 'name',
            render: (name: string, row) => <Link to={`/people/${row.no}`}>{name}</Link>,
          },
          { title: '申报工资', dataIndex: 'wage', align: 'right', render: amount },
          { title: '缴费基数', dataIndex: 'base', align: 'right', render: amount },
          { title: '单位应缴', dataIndex: 'employer_part', align: 'right', render: amount },
          { title: '个人应缴', dataIndex: 'person_part', align: 'right', render: amount },
        ]}
      />
    </Drawer>
  );
}
