import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api, type PersonRow } from '../../api/client';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { More } from '../../parts/more';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { SearchBox } from '../../parts/searchBox';
import { EnrolDialog } from './EnrolDialog';

const columns: TableColumnsType<PersonRow> = [
  {
    title: '姓名',
    dataIndex: 'name',
    width: 110,
    render: (name: string, row) => <Link to={`/people/${row.no}`}>{name}</Link>,
  },
  {
    title: '人员编号',
    dataIndex: 'no',
    width: 210,
    render: (no: string) => <span className="digits">{no}</span>,
  },
  { title: '性别', dataIndex: 'sex_name', width: 60 },
  {
    title: '出生日期',
    dataIndex: 'born',
    width: 110,
    render: (born: string) => <span className="digits">{born}</span>,
  },
  {
    title: '证件号码',
    dataIndex: 'id_card_masked',
    width: 180,
    render: (masked: string) => <span className="digits">{masked}</span>,
  },
  {
    title: '手机号',
    dataIndex: 'phone_masked',
    width: 120,
    render: (masked: string | null) => <span className="digits">{masked}</span>,
  },
  { title: '险种', dataIndex: 'scheme_name', ellipsis: true },
  { title: '人员类别', dataIndex: 'category_name', width: 110 },
  {
    title: '待遇状态',
    dataIndex: 'status_name',
    width: 110,
    render: (text: string, row) => <Mark tone={row.entitled ? 'good' : 'warning'}>{text}</Mark>,
  },
];

function usePeople(text: string) {
  return useInfiniteQuery({
    queryKey: ['people', text],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 50, ...(text && { text }), ...(pageParam && { cursor: pageParam }) };
      return answer(api.GET('/api/v1/people', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Finding a person. */
export function PeoplePage() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('text') ?? '';
  const navigate = useNavigate();
  const people = usePeople(asked);
  const rows = people.data?.pages.flatMap((page) => page.rows) ?? [];
  const [enrolling, setEnrolling] = useState(false);
  return (
    <Page
      title="参保人"
      extra={
        <Button type="primary" onClick={() => setEnrolling(true)}>
          参保登记
        </Button>
      }
    >
      <SearchBox
        label="搜索参保人"
        placeholder="姓名、人员编号、证件号码、社保卡号、手机号"
        asked={asked}
        ask={(text) => setParams(text ? { text } : {})}
      />
      {people.isError && <Failure error={people.error} retry={() => void people.refetch()} />}
      <Rows
        idOf={(row) => row.no}
        open={(row) => void navigate(`/people/${row.no}`)}
        loading={people.isPending}
        dataSource={rows}
        columns={columns}
        scroll={{ x: 1100 }}
        sticky
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={asked ? `没有找到“${asked}”` : '没有参保人'}
            />
          ),
        }}
      />
      <More list={people} />
      {enrolling && <EnrolDialog close={() => setEnrolling(false)} />}
    </Page>
  );
}
