import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useNavigate } from 'react-router';
import { answer, api } from '../../api/client';
import { useWords } from '../../app/queries';
import { useSession } from '../../app/session';
import { fromDay, toDay } from '../../parts/day';
import { Dialog, first } from '../../parts/dialog';
import { Failure } from '../../parts/failure';

interface Values {
  name: string;
  sex: string;
  birth: Dayjs;
  document: string;
  number?: string;
  county: string;
  phone?: string;
  address?: string;
  household?: string;
  category: string;
  from: Dayjs;
}

const sexes = [
  { value: 'male', label: '男' },
  { value: 'female', label: '女' },
];

/** Categories that pay for a year, and the one that pays by the month without an employer. */
const categories = [
  { value: 'newborn', label: '新生儿（居民）' },
  { value: 'child', label: '儿童（居民）' },
  { value: 'student', label: '学生（居民）' },
  { value: 'adult', label: '成年居民' },
  { value: 'elderly', label: '老年居民' },
  { value: 'flexible', label: '灵活就业（职工）' },
];

function coverOf({ category, county, from }: Values) {
  if (category === 'flexible') {
    return { scheme: 'employee', event: { kind: 'join', category, county } };
  }
  return { scheme: 'resident', event: { kind: 'premium', year: from.year(), category, county } };
}

/** What the form states, as facts of a register that begins with them. */
function factsOf(values: Values) {
  const birth = fromDay(values.birth) ?? '';
  const from = fromDay(values.from) ?? '';
  const { name, sex, document, county, phone, address, household } = values;
  const facts: { from: string; fact: Record<string, unknown> }[] = [
    { from: birth, fact: { kind: 'name', name: name.trim() } },
    { from: birth, fact: { kind: 'sex', sex } },
    { from: birth, fact: { kind: 'birth', birth } },
    { from: birth, fact: { kind: 'document', document, number: values.number?.trim() ?? '' } },
    { from: birth, fact: { kind: 'county', county } },
    { from, fact: { kind: 'cover', ...coverOf(values) } },
  ];
  if (phone || address) {
    facts.push({ from, fact: { kind: 'contact', phone: phone ?? '', address: address ?? '' } });
  }
  if (household) {
    facts.push({ from, fact: { kind: 'household', household, relation: 'member' } });
  }
  return facts;
}

function useEnrol() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Values) =>
      answer(api.POST('/api/v1/people', { body: { facts: factsOf(values), preview: false } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }),
  });
}

const must = (message: string) => [{ required: true, message }];

/** Enters a person who is not in the register yet, with the first payment or premium. */
export function EnrolDialog({ close }: { close: () => void }) {
  const [form] = Form.useForm<Values>();
  const { today } = useSession();
  const words = useWords();
  const navigate = useNavigate();
  const enrol = useEnrol();
  const document = Form.useWatch('document', form);
  const options = (list: { code: string; name: string }[] | undefined) =>
    list?.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <Dialog
      title="参保登记"
      okText="登记"
      width={720}
      confirmLoading={enrol.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        className="enrol-form"
        initialValues={{ document: 'resident_id', from: toDay(today) }}
        onFinish={(values: Values) =>
          enrol.mutate(values, { onSuccess: (done) => void navigate(`/people/${done.person_no}`) })
        }
      >
        <Form.Item name="name" label="姓名" rules={must('请填写姓名')}>
          <Input {...first} maxLength={50} />
        </Form.Item>
        <Form.Item name="sex" label="性别" rules={must('请选择性别')}>
          <Select options={sexes} />
        </Form.Item>
        <Form.Item name="birth" label="出生日期" rules={must('请选择日期')}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="document" label="证件类型" rules={must('请选择证件类型')}>
          <Select options={options(words.data?.document_kinds) ?? []} />
        </Form.Item>
        {document !== 'newborn_without_id' && (
          <Form.Item name="number" label="证件号码" rules={must('请填写证件号码')}>
            <Input maxLength={30} />
          </Form.Item>
        )}
        <Form.Item name="county" label="参保县区" rules={must('请选择县区')}>
          <Select options={options(words.data?.counties) ?? []} />
        </Form.Item>
        <Form.Item name="category" label="参保类别" rules={must('请选择类别')}>
          <Select options={categories} />
        </Form.Item>
        <Form.Item name="from" label="缴费日期" rules={must('请选择日期')}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="phone" label="电话">
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="household" label="户号">
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="address" label="住址" className="enrol-wide">
          <Input maxLength={200} />
        </Form.Item>
      </Form>
      {enrol.isError && <Failure error={enrol.error} />}
    </Dialog>
  );
}
