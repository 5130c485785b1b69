import { Button, Form, Input, InputNumber, Upload, type UploadFile } from 'antd';
import type { DoubtOffer, DoubtView } from '../../api/client';
import { formatAmount } from '../../parts/amount';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';
import { useMove } from './queries';
import { consequences, withAmount, withFiles, withReason, withVotes } from './words';

interface Values {
  text?: string;
  amount?: string;
  votesFor?: number;
  votesAgainst?: number;
  files?: UploadFile[];
}

interface Props {
  of: DoubtView;
  offer: DoubtOffer;
  forInstitution?: string;
  done: () => void;
  close: () => void;
}

/** What is left of a deduction, in yuan; both amounts are plain texts with two decimals. */
function left(of: DoubtView): string {
  const fen = BigInt(of.deducted.replace('.', '')) - BigInt(of.released.replace('.', ''));
  const digits = fen.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const yuan = /^\d+(\.\d{1,2})?$/;

function AmountField({ of, verb }: { of: DoubtView; verb: string }) {
  const most = verb === 'release' ? left(of) : of.amount;
  const name = verb === 'release' ? '退还金额（元）' : '确认金额（元）';
  return (
    <Form.Item
      name="amount"
      label={`${name}，至多 ${formatAmount(most)}`}
      rules={[{ required: true, pattern: yuan, message: '请填写金额，至多两位小数' }]}
    >
      <Input {...first} inputMode="decimal" maxLength={14} />
    </Form.Item>
  );
}

function Votes() {
  const field = (name: string, label: string) => (
    <Form.Item name={name} label={label} rules={[{ required: true, message: '请填写票数' }]}>
      <InputNumber min={0} max={99} precision={0} />
    </Form.Item>
  );
  return (
    <div className="votes">
      {field('votesFor', '赞成票')}
      {field('votesAgainst', '反对票')}
    </div>
  );
}

/** What the server takes at most of one file. */
const mostBytes = 5 * 1024 * 1024;

/** A file that is too large is said before it travels; what a file is, the server reads in it. */
async function notTooLarge(_: unknown, files: UploadFile[] = []) {
  const large = files.find((file) => (file.size ?? 0) > mostBytes);
  if (large) throw new Error(`附件“${large.name}”超过5兆字节，请压缩或分成几个`);
}

function Files() {
  return (
    <Form.Item
      name="files"
      label="附件（PDF、PNG、JPEG，每个不超过5兆字节）"
      valuePropName="fileList"
      rules={[{ validator: notTooLarge }]}
      getValueFromEvent={(event: { fileList: UploadFile[] }) => event.fileList}
    >
      <Upload multiple beforeUpload={() => false} accept=".pdf,.png,.jpg,.jpeg">
        <Button>选择文件</Button>
      </Upload>
    </Form.Item>
  );
}

function reasonLabel(verb: string): string {
  if (verb === 'appeal') return '申诉理由和说明';
  return withReason.has(verb) ? '理由' : '意见（可以不填）';
}

/** One move of one doubt: Enter carries it out, Esc leaves it. */
export function MoveDialog({ of, offer, forInstitution, done, close }: Props) {
  const [form] = Form.useForm<Values>();
  const move = useMove(of.id);
  const { verb } = offer;
  const [amount, reasoned] = [withAmount.has(verb), withReason.has(verb)];
  const plain = verb === 'publish' || verb === 'deduct';
  const send = (values: Values) =>
    move.mutate(
      {
        verb,
        version: of.version,
        text: values.text?.trim() ?? '',
        ...(amount && { amount: values.amount ?? '' }),
        votesFor: values.votesFor ?? 0,
        votesAgainst: values.votesAgainst ?? 0,
        files: (values.files ?? []).flatMap((file) => file.originFileObj ?? []),
        ...(forInstitution && { forInstitution }),
      },
      {
        onSuccess: () => {
          close();
          done();
        },
      },
    );
  return (
    <Dialog
      title={`${offer.name}：${of.rule} ${of.rule_name}`}
      okText="确定"
      okButtonProps={{ autoFocus: plain }}
      confirmLoading={move.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p>
        {of.person_name || of.institution_name}，{of.says}
      </p>
      <p className="quiet">
        基金支付（估计）{formatAmount(of.amount)} 元
        {verb === 'deduct' && `，确认 ${formatAmount(of.confirmed)} 元，列入机构最近一张清算单`}
        {consequences[verb] && `。${consequences[verb]}`}
      </p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ amount: verb === 'release' ? left(of) : of.amount }}
        onFinish={send}
      >
        {amount && <AmountField of={of} verb={verb} />}
        {withVotes.has(verb) && <Votes />}
        {!plain && (
          <Form.Item
            name="text"
            label={reasonLabel(verb)}
            rules={reasoned ? [{ required: true, whitespace: true, message: '请写明理由' }] : []}
          >
            <Input {...(!amount && first)} maxLength={500} />
          </Form.Item>
        )}
        {withFiles.has(verb) && <Files />}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {move.isError && <Failure error={move.error} />}
    </Dialog>
  );
}
