import { useQuery } from '@tanstack/react-query';
import { Card, Table } from 'antd';
import { answer, api, type FilingView } from '../../api/client';
import { formatPeriod, formatTime } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { FilingFacts } from '../filing/FilingCard';
import { filingTone } from '../filing/words';

/** What was filed for the person; the card is only there when something was. */
export function FilingsCard({ no }: { no: string }) {
  const filings = useQuery({
    queryKey: ['filings-of', no],
    queryFn: () => answer(api.GET('/api/v1/people/{no}/filings', { params: { path: { no } } })),
  });
  if (filings.isError) return <Failure error={filings.error} />;
  if (!filings.data?.length) return null;
  return (
    <Card size="small" title="备案办理" className="person-wide">
      <Table<FilingView>
        size="small"
        pagination={{ pageSize: 6, hideOnSinglePage: true, showSizeChanger: false }}
        rowKey="id"
        dataSource={[...filings.data].reverse()}
        expandable={{
          expandedRowRender: (row) => <FilingFacts of={row} />,
          expandRowByClick: true,
        }}
        columns={[
          { title: '种类', dataIndex: 'class_name', width: 130 },
          { title: '事由', dataIndex: 'subject' },
          { title: '期间', width: 210, render: (_, row) => formatPeriod(row.from, row.to) },
          {
            title: '办理机构',
            width: 200,
            ellipsis: true,
            render: (_, row) => row.institution_name || '经办窗口',
          },
          {
            title: '申请时间',
            width: 160,
            render: (_, row) => <span className="digits">{formatTime(row.filed_at)}</span>,
          },
          {
            title: '状态',
            width: 90,
            render: (_, row) => <Mark tone={filingTone(row.state)}>{row.state_name}</Mark>,
          },
        ]}
      />
    </Card>
  );
}
