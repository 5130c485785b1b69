import { useQuery } from '@tanstack/react-query';
import { InputNumber, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { answer, api, type LapseView } from '../../api/client';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { PageTabs } from '../../parts/tabs';
import { tabs } from './words';

const columns: TableColumnsType<LapseView> = [
  {
    title: '姓名',
    dataIndex: 'name',
    width: 120,
    render: (name: string, row) => <Link to={`/people/${row.person_no}`}>{name}</Link>,
  },
  { title: '人员编号', dataIndex: 'person_no', width: 200, className: 'digits' },
  { title: '身份', dataIndex: 'identity_name', width: 200 },
  { title: '最后一天', dataIndex: 'last', width: 120, className: 'digits' },
  {
    title: '此后仍有的身份',
    render: (_, row) => (row.others.length > 0 ? row.others.join('、') : '无，待遇随之变化'),
  },
];

/** Identities that are about to lapse. */
export function LapsesPage() {
  const navigate = useNavigate();
  const [days, setDays] = useState(30);
  const lapses = useQuery({
    queryKey: ['lapses', days],
    queryFn: () => answer(api.GET('/api/v1/difficulty/lapses', { params: { query: { days } } })),
    placeholderData: (previous) => previous,
  });
  return (
    <Page title="困难名单">
      <PageTabs label="困难名单" tabs={tabs} />
      <div className="filters">
        <label>
          今后{' '}
          <InputNumber
            data-search
            aria-label="天数"
            min={1}
            max={366}
            value={days}
            onChange={(value) => setDays(value ?? 30)}
          />{' '}
          天内到期的身份
        </label>
      </div>
      {lapses.isError && <Failure error={lapses.error} retry={() => void lapses.refetch()} />}
      <Rows
        idOf={(row) => row.person_no + row.identity_name + row.last}
        open={(row) => void navigate(`/people/${row.person_no}`)}
        loading={lapses.isPending}
        dataSource={lapses.data ?? []}
        columns={columns}
        locale={nothing(`今后 ${days} 天内没有身份到期`)}
      />
    </Page>
  );
}
