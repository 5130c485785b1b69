import { Alert, Button, Popconfirm, Space } from 'antd';
import type { ClearingMonth } from '../../api/client';
import { useSession } from '../../app/session';
import { Failure } from '../../parts/failure';
import { useMonthStep, type MonthStep } from './queries';

interface Action {
  step: MonthStep;
  label: string;
  question: string;
  detail: string;
  /** How many statements wait for it. */
  waiting: number;
  /** Who may, beside the rule that one person does one step only. */
  checks?: boolean;
}

function actionsOf(board: ClearingMonth): Action[] {
  const count = (...states: string[]) =>
    board.statements.filter((row) => states.includes(row.state)).length;
  const paid = count('paid');
  return [
    {
      step: 'build',
      label: '生成草稿',
      question: '生成本月清算单？',
      detail: '收进还没有清算单的结算和调整；已发布的清算单不变。',
      waiting: 1,
    },
    {
      step: 'publish',
      label: '发布',
      question: '把全部草稿发布给机构？',
      detail: '发布后异议期和拨付期限开始计算，清算单不再自动变化。',
      waiting: count('draft'),
    },
    {
      step: 'approve',
      label: '审批',
      question: '审批机构已确认的清算单？',
      detail: '由生成、发布以外的人审批；逾期未提异议的视同确认。',
      waiting: count('confirmed', 'published'),
      checks: true,
    },
    {
      step: 'order',
      label: '开具支付凭单',
      question: '为已审批的清算单开具支付凭单？',
      detail: '由经办、审批以外的人开具；一张清算单一张凭单，一个账套。',
      waiting: count('approved'),
      checks: true,
    },
    {
      step: 'close',
      label: '结账',
      question: '本月结账？',
      detail: '须全部拨付并对账，两账桥接差额为零。',
      waiting: paid > 0 && paid === board.statements.length - count('closed') ? paid : 0,
      checks: true,
    },
  ];
}

/** The steps of a month in their order; each says how many statements wait for it. */
export function MonthActions({ board }: { board: ClearingMonth }) {
  const { role } = useSession();
  const move = useMonthStep(board.month);
  const done = move.data;
  return (
    <>
      <Space wrap className="month-actions" aria-label="本月办理">
        {actionsOf(board).map((action) => {
          const barred = action.checks === true && role === 'clerk';
          const label =
            action.step === 'build' || action.waiting === 0
              ? action.label
              : `${action.label} ${action.waiting}`;
          return (
            <Popconfirm
              key={action.step}
              title={action.question}
              description={action.detail}
              disabled={barred || action.waiting === 0}
              onConfirm={() => move.mutate(action.step)}
            >
              <Button
                type={
                  action.waiting > 0 && action.step !== 'build' && !barred ? 'primary' : 'default'
                }
                disabled={barred || action.waiting === 0}
                title={barred ? '由审核人员办理' : undefined}
                loading={move.isPending && move.variables === action.step}
              >
                {label}
              </Button>
            </Popconfirm>
          );
        })}
      </Space>
      {move.isError && <Failure error={move.error} />}
      {done && !move.isError && (
        <Alert
          className="month-done"
          role="status"
          type={done.refused.length > 0 ? 'warning' : 'success'}
          showIcon
          title={done.message}
          description={
            done.refused.length > 0 && (
              <ul className="says">
                {done.refused.map((one) => (
                  <li key={one.id}>{one.message}</li>
                ))}
              </ul>
            )
          }
        />
      )}
    </>
  );
}
