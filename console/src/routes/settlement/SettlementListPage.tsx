import { Button, Empty, Space, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { settlementColumns } from '../../parts/settlementColumns';
import { FilterBar } from './FilterBar';
import { useFilters, useFresh, useSettlements } from './query';

/** The live list of settlements. */
export function SettlementListPage() {
  const [filters, change] = useFilters();
  const [live, setLive] = useState(true);
  const navigate = useNavigate();
  const settlements = useSettlements(filters, live);
  const pages = settlements.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const fresh = useFresh(rows, JSON.stringify(filters));
  const older = (pages?.length ?? 0) > 1;
  return (
    <Page
      title="结算"
      extra={
        <Space>
          <span className={live && !older ? 'live live-on' : 'live'}>
            {older ? '翻看旧单时不刷新' : live ? '实时' : '已暂停'}
          </span>
          <Switch
            aria-label="实时刷新"
            checked={live && !older}
            disabled={older}
            onChange={setLive}
          />
        </Space>
      }
    >
      <FilterBar filters={filters} change={change} />
      {settlements.isError && (
        <Failure error={settlements.error} retry={() => void settlements.refetch()} />
      )}
      <Rows
        idOf={(row) => row.id}
        open={(row) => void navigate(`/settlement/${row.id}`)}
        fresh={fresh}
        loading={settlements.isPending}
        dataSource={rows}
        columns={settlementColumns}
        scroll={{ x: 1230 }}
        sticky
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={Object.keys(filters).length > 0 ? '没有符合条件的结算' : '还没有结算'}
            />
          ),
        }}
      />
      <div className="more">
        {settlements.hasNextPage ? (
          <Button
            loading={settlements.isFetchingNextPage}
            onClick={() => void settlements.fetchNextPage()}
          >
            更早的结算
          </Button>
        ) : (
          rows.length > 0 && <span>没有更早的结算</span>
        )}
      </div>
    </Page>
  );
}
