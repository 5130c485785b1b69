import { useQuery } from '@tanstack/react-query';
import { Checkbox, DatePicker, Empty, Input, Select, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { answer, api, type PolicyEdition } from '../../api/client';
import { useWords } from '../../app/queries';
import { fromDay, toDay } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { HistoryDrawer } from './HistoryDrawer';
import { PolicyTopics } from './PolicyTopics';

/** The topics whose keys, titles, values or sources contain the text. */
function narrowed(edition: PolicyEdition, text: string, assumedOnly: boolean) {
  const wanted = text.trim().toLowerCase();
  return edition.topics
    .map((topic) => ({
      ...topic,
      entries: topic.entries.filter(({ key, title, version }) => {
        if (assumedOnly && !version.assumed) return false;
        const { document, article } = version.source;
        const read = [topic.title, key, title, version.value_text, document, article ?? ''];
        return wanted === '' || read.some((part) => part.toLowerCase().includes(wanted));
      }),
    }))
    .filter((topic) => topic.entries.length > 0);
}

function useAddress() {
  const { area } = useParams();
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  return {
    area,
    on: params.get('on') ?? undefined,
    scheme: params.get('scheme') ?? undefined,
    key: params.get('key') ?? undefined,
    search: params.toString(),
    set,
  };
}

/** The law of an area on a day, with where it is written. */
export function PolicyPage() {
  const address = useAddress();
  const navigate = useNavigate();
  const words = useWords().data;
  const [text, setText] = useState('');
  const [assumedOnly, setAssumedOnly] = useState(false);
  const areas = useQuery({
    queryKey: ['policy-areas'],
    queryFn: () => answer(api.GET('/api/v1/policy/areas')),
  });
  const chosen = areas.data?.find((one) => one.code === address.area) ?? areas.data?.[0];
  const area = address.area ?? chosen?.code;
  const on = address.on ?? chosen?.on;
  const policy = useQuery({
    queryKey: ['policy', area, on, address.scheme],
    enabled: area !== undefined && on !== undefined,
    queryFn: () =>
      answer(
        api.GET('/api/v1/policy/{area}', {
          params: { path: { area: area ?? '' }, query: { on, scheme: address.scheme } },
        }),
      ),
    placeholderData: (previous, query) => (query?.queryKey[1] === area ? previous : undefined),
  });
  const topics = useMemo(
    () => (policy.data ? narrowed(policy.data, text, assumedOnly) : []),
    [policy.data, text, assumedOnly],
  );
  const failed = areas.isError ? areas : policy.isError ? policy : undefined;
  return (
    <Page
      title="政策"
      extra={
        policy.data && (
          <span className="quiet digits">政策版本 {policy.data.edition.slice(0, 12)}</span>
        )
      }
    >
      <div className="filters">
        <Select
          className="filters-area"
          aria-label="统筹区"
          value={area}
          options={areas.data?.map((one) => ({
            value: one.code,
            label: one.name + (one.province_name ? `（${one.province_name}）` : ''),
          }))}
          onChange={(code) => void navigate(`/policy/${code}`)}
        />
        <DatePicker
          aria-label="日期"
          allowClear={false}
          value={toDay(on)}
          onChange={(day) => address.set('on', fromDay(day))}
        />
        <Select
          className="filters-scheme"
          aria-label="险种"
          placeholder="全部险种"
          allowClear
          value={address.scheme}
          options={words?.schemes.map((one) => ({ value: one.code, label: one.name }))}
          onChange={(scheme?: string) => address.set('scheme', scheme)}
        />
        <Input
          data-search
          aria-label="查找参数"
          className="filters-text"
          placeholder="在参数、取值和依据中查找"
          allowClear
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        <Checkbox checked={assumedOnly} onChange={(event) => setAssumedOnly(event.target.checked)}>
          只看推定
        </Checkbox>
      </div>
      {failed && <Failure error={failed.error} retry={() => void failed.refetch()} />}
      {!failed && !policy.data && <Skeleton active paragraph={{ rows: 12 }} />}
      {policy.data && topics.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有符合条件的参数" />
      )}
      {policy.data && <PolicyTopics topics={topics} open={(key) => address.set('key', key)} />}
      {area && (
        <HistoryDrawer
          area={area}
          on={on}
          policyKey={address.key}
          close={() => address.set('key', undefined)}
        />
      )}
    </Page>
  );
}
