import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { answer, api, type ListDetail } from '../../api/client';
import { useBack } from '../../app/back';
import { formatTime } from '../../parts/day';
import { Facts } from '../../parts/facts';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { ListActions } from './ListActions';
import { ListChanges } from './ListChanges';
import { ListRows } from './ListRows';
import { listTone } from './words';

function Figures({ of }: { of: ListDetail }) {
  const { numbers } = of.list;
  const full = of.list.kind === 'full';
  const figures: [string, number][] = [
    ['行数', numbers.rows],
    ['引起变动', numbers.accepted],
    ['与登记一致', numbers.unchanged],
    ['重复', numbers.repeated],
    ['退回', numbers.rejected],
    ...(full
      ? ([
          ['原有人数', numbers.held_before],
          ['退出人数', numbers.ended],
        ] as [string, number][])
      : []),
    ['随时参保', numbers.enrolled],
    ['须重算结算单', numbers.reopened],
  ];
  return (
    <dl className="figures">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Head({ of }: { of: ListDetail }) {
  const { list } = of;
  return (
    <Card size="small">
      <Facts
        of={[
          ['送件部门', list.bureau_name],
          ['类型', list.kind_name],
          ['名单日', list.list_day],
          ['文件', list.file_name],
          ['回执编号', list.list_no],
        ]}
      />
      <ul className="steps list-steps">
        {of.steps.map((step) => (
          <li key={step.at + step.state_name}>
            <span className="digits">{formatTime(step.at)}</span>
            <span>{step.by}</span>
            <span>{step.state_name}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One list: what came of each row, what would change, and what to do with it. */
export function ListPage() {
  const { id = '' } = useParams();
  const back = useBack('/difficulty');
  const [result, setResult] = useState('');
  const list = useQuery({
    queryKey: ['list', id, result],
    queryFn: () =>
      answer(
        api.GET('/api/v1/difficulty/lists/{id}', {
          params: { path: { id }, query: { limit: 1000, ...(result && { result }) } },
        }),
      ),
    placeholderData: (previous) => previous,
  });
  const of = list.data;
  return (
    <Page
      title={
        of ? (
          <Space>
            {`${of.list.bureau_name} ${of.list.kind_name}`}
            <Mark tone={listTone(of.list.state)}>{of.list.state_name}</Mark>
          </Space>
        ) : (
          '困难名单'
        )
      }
      extra={
        <Space>
          {of && <ListActions of={of} />}
          <Button onClick={back}>返回</Button>
        </Space>
      }
    >
      {list.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {of && (
        <div className="stack">
          {of.seen_before && (
            <Alert type="info" showIcon title="此前已收到同一文件，以下是原来的回执" />
          )}
          {of.list.numbers.needs_second_person && of.list.state === 'checked' && (
            <Alert
              type="warning"
              showIcon
              title={`名单会使 ${of.list.numbers.ended} 人退出，须由收件人以外的人复核入册`}
            />
          )}
          <Head of={of} />
          <Figures of={of} />
          <ListChanges of={of} />
          <ListRows of={of} result={result} setResult={setResult} />
        </div>
      )}
    </Page>
  );
}
