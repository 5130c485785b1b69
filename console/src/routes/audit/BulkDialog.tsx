import { Alert, Form, Input, Radio } from 'antd';
import type { BulkResult, DoubtOffer, DoubtView } from '../../api/client';
import { addAmounts, formatAmount, formatCount } from '../../parts/amount';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import type { Sum } from './groups';
import { useBulk, type Asked } from './queries';
import { consequences, forMany, withReason } from './words';

interface Values {
  scope: 'chosen' | 'all';
  verb: string;
  text?: string;
}

interface Props {
  /** The doubts that are ticked. */
  chosen: DoubtView[];
  /** Those that are loaded. */
  rows: DoubtView[];
  /** The filter they pass, and what passes it in all. */
  filter: Asked;
  all: Sum;
  /** The sample that was looked at before. */
  sample?: string;
  close: () => void;
  done: (result: BulkResult) => void;
}

/** The moves that the server allows for any of the doubts and that can be made with many. */
export function offersOf(rows: DoubtView[]): DoubtOffer[] {
  const found = new Map<string, DoubtOffer>();
  for (const one of rows.flatMap((row) => row.moves)) {
    if (!one.refused && forMany.has(one.verb)) found.set(one.verb, one);
  }
  return [...found.values()];
}

/** What became of it: how many moved, and why others did not. */
export function BulkOutcome({ of, close }: { of: BulkResult; close: () => void }) {
  const notices = of.notices.map((one) => `${one.institution_name} ${one.doubts} 条`).join('，');
  return (
    <Alert
      className="bulk-outcome"
      type={of.refused.length > 0 ? 'warning' : 'success'}
      showIcon
      closable={{ onClose: close }}
      title={`批次 ${of.id}：符合条件 ${of.matched} 条，办成 ${of.moved} 条${
        notices && `；通知 ${notices}`
      }`}
      description={
        of.refused.length > 0 && (
          <ul className="failure-issues">
            {of.refused.slice(0, 20).map((one) => (
              <li key={one.id}>
                <code>{one.id}</code> {one.reason}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}

function sumOfRows(rows: DoubtView[]): Sum {
  const amount = rows.reduce((total, one) => addAmounts(total, one.amount), '0.00');
  return { doubts: rows.length, amount };
}

function said({ doubts, amount }: Sum): string {
  return `${formatCount(doubts)} 条，基金支付 ${formatAmount(amount)} 元`;
}

/**
 * The same move for many doubts: the arrows choose, Enter carries it out. Where nothing was ticked
 * and no sample looked at, the move has to be chosen first: Enter alone does nothing.
 */
export function BulkDialog({ chosen, rows, filter, all, sample, close, done }: Props) {
  const [form] = Form.useForm<Values>();
  const bulk = useBulk();
  const scope = Form.useWatch('scope', form) ?? (chosen.length > 0 ? 'chosen' : 'all');
  const verb = Form.useWatch('verb', form) ?? '';
  const some = scope === 'chosen';
  const offers = offersOf(some ? chosen : rows);
  const sum = some ? sumOfRows(chosen) : all;
  const move = offers.find((one) => one.verb === verb)?.name ?? '办理';
  const meant = chosen.length > 0 || sample ? offersOf(chosen.length > 0 ? chosen : rows)[0] : null;
  const send = (values: Values) => {
    const ids = chosen.map((one) => one.id).join(',');
    bulk.mutate(
      {
        filter: some ? { ids, for_institution: filter.for_institution ?? '' } : filter,
        verb: values.verb,
        text: values.text?.trim() ?? '',
        expected: sum.doubts,
        ...(sample && { sample }),
      },
      {
        onSuccess: (result) => {
          close();
          done(result);
        },
      },
    );
  };
  return (
    <Dialog
      title="批量办理"
      okText={`${move} ${formatCount(sum.doubts)} 条`}
      confirmLoading={bulk.isPending}
      okButtonProps={{ disabled: offers.length === 0 }}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          scope: chosen.length > 0 ? 'chosen' : 'all',
          verb: meant?.verb,
        }}
        onFinish={send}
      >
        <Form.Item name="scope" label="范围">
          <Radio.Group
            vertical
            options={[
              {
                value: 'chosen',
                label: `勾选的 ${said(sumOfRows(chosen))}`,
                disabled: chosen.length === 0 || Boolean(sample),
              },
              { value: 'all', label: `符合条件的全部 ${said(all)}` },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="verb"
          label="动作"
          rules={[{ required: true, message: '请选择要办理的动作' }]}
        >
          <Radio.Group options={offers.map((one) => ({ value: one.verb, label: one.name }))} />
        </Form.Item>
        {offers.length === 0 && <p className="quiet">没有可以批量办理的动作</p>}
        {consequences[verb] && <p className="quiet">{consequences[verb]}</p>}
        <Form.Item
          name="text"
          label={withReason.has(verb) ? '理由' : '意见（可以不填）'}
          rules={
            withReason.has(verb)
              ? [{ required: true, whitespace: true, message: '请写明理由' }]
              : []
          }
        >
          <Input {...first} maxLength={500} />
        </Form.Item>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {bulk.isError && <Failure error={bulk.error} />}
    </Dialog>
  );
}
