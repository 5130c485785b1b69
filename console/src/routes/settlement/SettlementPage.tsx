import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { answer, api } from '../../api/client';
import { useBack } from '../../app/back';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Receipt } from '../../parts/receipt';
import { SettlementSide } from '../../parts/settlementSide';
import { StatusTag } from '../../parts/status';

/** One settlement: the receipt and how it came about. */
export function SettlementPage() {
  const { id = '' } = useParams();
  const [withTrace, setWithTrace] = useState(false);
  const back = useBack('/settlement');
  const settlement = useQuery({
    queryKey: ['settlement', id],
    queryFn: () => answer(api.GET('/api/v1/settlements/{id}', { params: { path: { id } } })),
  });
  const detail = settlement.data;
  const { status, counterpart } = detail?.header ?? {};
  return (
    <Page
      title={
        <Space>
          结算单
          {status && <StatusTag status={status} />}
          {counterpart && (
            <Link to={`/settlement/${counterpart}`}>
              {status === 'reversal' ? '查看原结算' : '查看冲正'}
            </Link>
          )}
          {detail?.person.no && <Link to={`/people/${detail.person.no}`}>查看参保人</Link>}
        </Space>
      }
      extra={
        <Space>
          <Checkbox checked={withTrace} onChange={(event) => setWithTrace(event.target.checked)}>
            打印时附计算过程
          </Checkbox>
          <Button
            type="primary"
            icon={<PrinterOutlined />}
            disabled={!detail}
            onClick={() => window.print()}
          >
            打印
          </Button>
          <Button onClick={back}>返回</Button>
        </Space>
      }
    >
      {settlement.isPending && <Skeleton active paragraph={{ rows: 12 }} />}
      {settlement.isError && (
        <Failure error={settlement.error} retry={() => void settlement.refetch()} />
      )}
      {detail && (
        <div className={withTrace ? 'sheet print-side' : 'sheet'}>
          <Receipt of={detail} />
          <SettlementSide of={detail} />
        </div>
      )}
    </Page>
  );
}
