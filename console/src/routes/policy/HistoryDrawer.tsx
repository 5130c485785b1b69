import { useQuery } from '@tanstack/react-query';
import { Drawer, Skeleton, Timeline } from 'antd';
import { answer, api, type PolicyVersion } from '../../api/client';
import { formatPeriod } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { AssumedTag, SourceText } from '../../parts/trace';
import { ValueTable } from './ValueTable';

function Version({ of }: { of: PolicyVersion }) {
  return (
    <div className="policy-version">
      <div>{of.table ? <ValueTable table={of.table} /> : <b>{of.value_text}</b>}</div>
      <div>
        {of.assumed && <AssumedTag reason={of.assumed_reason} />}
        <SourceText parameter={of} />
        <span className="quiet">（{of.level_name}）</span>
      </div>
      {of.assumed && of.assumed_reason && <p className="quiet">推定理由：{of.assumed_reason}</p>}
      {of.note && <p className="quiet">{of.note}</p>}
      {of.checked && <p className="quiet">最近核对：{of.checked}</p>}
    </div>
  );
}

interface Props {
  area: string;
  on?: string;
  policyKey?: string;
  close: () => void;
}

/** What a parameter said before, says now and will say. */
export function HistoryDrawer({ area, on, policyKey, close }: Props) {
  const history = useQuery({
    queryKey: ['policy-key', area, policyKey, on],
    enabled: policyKey !== undefined,
    queryFn: () =>
      answer(
        api.GET('/api/v1/policy/{area}/key', {
          params: { path: { area }, query: { key: policyKey ?? '', on } },
        }),
      ),
  });
  const data = history.data;
  return (
    <Drawer
      title={data?.title ?? '参数历史'}
      open={policyKey !== undefined}
      onClose={close}
      size={520}
    >
      <p className="quiet digits">{policyKey}</p>
      {history.isPending && <Skeleton active />}
      {history.isError && <Failure error={history.error} retry={() => void history.refetch()} />}
      {data && (
        <Timeline
          items={data.versions.map((version) => {
            const current = version.effective_from === data.in_force_from;
            return {
              color: current ? 'green' : 'gray',
              content: (
                <>
                  <div className="policy-period digits">
                    {formatPeriod(version.effective_from, version.effective_to)}
                    {current && <Mark tone="good">{on ?? ''} 有效</Mark>}
                  </div>
                  <Version of={version} />
                </>
              ),
            };
          })}
        />
      )}
    </Drawer>
  );
}
