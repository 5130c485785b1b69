import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Input, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api, type PersonRow } from '../../api/client';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
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
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
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
      <div className="filters">
        <Input.Search
          data-search
          aria-label="搜索参保人"
          className="filters-person"
          placeholder="姓名、人员编号、证件号码、社保卡号、手机号"
          allowClear
          value={text}
          onChange={(event) => setText(event.target.value)}
          onSearch={(value) => setParams(value.trim() ? { text: value.trim() } : {})}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </div>
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
      {people.hasNextPage && (
        <div className="more">
          <Button loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            更多
          </Button>
        </div>
      )}
      {enrolling && <EnrolDialog close={() => setEnrolling(false)} />}
    </Page>
  );
}
