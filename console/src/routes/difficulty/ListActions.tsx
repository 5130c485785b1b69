import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Space } from 'antd';
import { answer, api, failureOf, type ListDetail } from '../../api/client';

/** What a list is told to do. */
type Act = 'all' | 'good' | 'return';

function useAct(id: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const params = { path: { id } };
  return useMutation({
    mutationFn: (act: Act) =>
      answer(
        act === 'return'
          ? api.POST('/api/v1/difficulty/lists/{id}/return', { params })
          : api.POST('/api/v1/difficulty/lists/{id}/application', {
              params,
              body: { accept_good_rows: act === 'good' },
            }),
      ),
    onSuccess: (done) => void message.success(`名单${done.list.state_name}`),
    onError: (error) => void message.error(failureOf(error).problem.message),
    onSettled: () =>
      Promise.all(
        [['lists'], ['list', id], ['person'], ['register']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** Apply, apply the good rows, send back, and the receipt as a file. */
export function ListActions({ of }: { of: ListDetail }) {
  const { list_no, numbers, state } = of.list;
  const act = useAct(list_no);
  const some = numbers.rejected < numbers.rows || numbers.changes > 0;
  const open = some && (state === 'checked' || state === 'applying');
  const good = numbers.rejected > 0;
  return (
    <Space>
      <Button href={`/api/v1/difficulty/lists/${list_no}/receipt`} download={`回执${list_no}.csv`}>
        下载回执
      </Button>
      {state === 'checked' && (
        <Popconfirm title="整份退回送件部门？" onConfirm={() => act.mutate('return')}>
          <Button danger loading={act.isPending}>
            整份退回
          </Button>
        </Popconfirm>
      )}
      {open && (
        <Popconfirm
          title={good ? `退回 ${numbers.rejected} 行，其余各行入册？` : '全部入册？'}
          description={`将登记 ${numbers.changes} 项身份变动。`}
          onConfirm={() => act.mutate(good ? 'good' : 'all')}
        >
          <Button type="primary" loading={act.isPending}>
            {good ? '其余各行入册' : '入册'}
          </Button>
        </Popconfirm>
      )}
    </Space>
  );
}
