import { useInfiniteQuery } from '@tanstack/react-query';
import { Empty, type TableColumnsType } from 'antd';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api, type EmployerLine } from '../../api/client';
import { County } from '../../parts/county';
import { Failure } from '../../parts/failure';
import { More } from '../../parts/more';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { SearchBox } from '../../parts/searchBox';

const columns: TableColumnsType<EmployerLine> = [
  {
    title: '单位名称',
    dataIndex: 'name',
    render: (name: string, row) => <Link to={`/employers/${row.no}`}>{name}</Link>,
  },
  { title: '单位编号', dataIndex: 'no', width: 180, className: 'digits' },
  { title: '单位类型', dataIndex: 'kind_name', width: 140 },
  {
    title: '所在县区',
    dataIndex: 'county',
    width: 120,
    render: (code: string) => <County code={code} />,
  },
  { title: '状态', dataIndex: 'state_name', width: 90 },
];

function useEmployers(text: string) {
  return useInfiniteQuery({
    queryKey: ['employers', text],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 50, ...(text && { text }), ...(pageParam && { cursor: pageParam }) };
      return answer(api.GET('/api/v1/employers', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Finding an employer. */
export function EmployersPage() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('text') ?? '';
  const navigate = useNavigate();
  const employers = useEmployers(asked);
  const rows = employers.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Page title="用人单位">
      <SearchBox
        label="搜索用人单位"
        placeholder="单位名称或编号"
        asked={asked}
        ask={(text) => setParams(text ? { text } : {})}
      />
      {employers.isError && (
        <Failure error={employers.error} retry={() => void employers.refetch()} />
      )}
      <Rows
        idOf={(row) => row.no}
        open={(row) => void navigate(`/employers/${row.no}`)}
        loading={employers.isPending}
        dataSource={rows}
        columns={columns}
        sticky
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={asked ? `没有找到“${asked}”` : '没有用人单位'}
            />
          ),
        }}
      />
      <More list={employers} />
    </Page>
  );
}
