import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, DatePicker, Popconfirm, Skeleton, Space } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { answer, api, ApiFailure } from '../../api/client';
import { useSession } from '../../app/session';
import { formatTime } from '../../parts/day';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { AnswersDialog } from './AnswersDialog';
import { WatchPeople } from './WatchPeople';

function useMonth(month: string) {
  return useQuery({
    queryKey: ['watch', month],
    queryFn: () => answer(api.GET('/api/v1/watch/{month}', { params: { path: { month } } })),
    retry: false,
  });
}

function useRun(month: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/watch/{month}', { params: { path: { month } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['watch', month] }),
  });
}

const past = (today: string) => dayjs(today).subtract(1, 'month').format('YYYY-MM');

/** One month of the watch for poverty by illness: who was put forward, why, and the answers. */
export function WatchPage() {
  const { today } = useSession();
  const { month = past(today) } = useParams();
  const navigate = useNavigate();
  const [answering, setAnswering] = useState(false);
  const found = useMonth(month);
  const run = useRun(month);
  const of = found.data;
  const none = found.error instanceof ApiFailure && found.error.status === 404;
  return (
    <Page
      title="返贫预警"
      extra={
        <Space>
          <DatePicker
            picker="month"
            allowClear={false}
            aria-label="月份"
            value={dayjs(`${month}-01`)}
            maxDate={dayjs(today)}
            onChange={(day) => day && void navigate(`/watch/${day.format('YYYY-MM')}`)}
          />
          {of && (
            <Button href={`/api/v1/watch/${month}/file`} download={`预警${month}.csv`}>
              导出推送文件
            </Button>
          )}
          {of && <Button onClick={() => setAnswering(true)}>收回反馈</Button>}
          <Popconfirm
            title={`列出 ${month} 的预警人员？`}
            description="按已结算的账单重新列出，同样的账单列出同样的名单。"
            onConfirm={() => run.mutate()}
          >
            <Button type={none ? 'primary' : 'default'} loading={run.isPending}>
              {none ? '列出本月预警' : '重新列出'}
            </Button>
          </Popconfirm>
        </Space>
      }
    >
      {found.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {found.isError && !none && <Failure error={found.error} />}
      {run.isError && <Failure error={run.error} />}
      {none && <p className="worklist-hint">{month} 还没有列出预警人员</p>}
      {of && (
        <Card
          size="small"
          title={`${month} 预警 ${of.month.people} 人，${of.waiting} 人没有反馈`}
          extra={
            <span className="quiet">
              第{of.month.run}次列出 {of.month.ran_by} {formatTime(of.month.ran_at)}
            </span>
          }
        >
          <WatchPeople rows={of.people} />
        </Card>
      )}
      {answering && <AnswersDialog month={month} close={() => setAnswering(false)} />}
    </Page>
  );
}
