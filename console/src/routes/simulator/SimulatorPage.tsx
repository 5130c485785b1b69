import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Form, Segmented, Select, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { answer, api, type SimulatorOptions, type SimulatorScheme } from '../../api/client';
import { useKey } from '../../app/keys';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { CaseFields } from './CaseFields';
import { ChangeTable } from './ChangeTable';
import { remember } from './CodeSelect';
import { emptyCase, keyOf, ofExample, toRequest, type SimulatorFields } from './fields';
import { GroupCard } from './GroupCard';
import { PasteDialog } from './PasteDialog';
import type { PastedCase } from './paste';
import { TermsFields } from './TermsFields';

function useSimulation() {
  return useMutation({
    mutationFn: async (asked: { fields: SimulatorFields; scheme: SimulatorScheme }) => {
      const body = toRequest(asked.fields, asked.scheme);
      const found = await answer(api.POST('/api/v1/simulator', { body }));
      remember(found.names);
      return { found, drg: asked.scheme.kind === 'drg' };
    },
  });
}

type Simulation = ReturnType<typeof useSimulation>;

function Result({ of }: { of: Simulation }) {
  if (of.isError) return <Failure error={of.error} />;
  if (!of.data) {
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description="填写或粘贴一个病例，或点任一示例；结果只供核对，不产生任何记录"
      />
    );
  }
  const { found, drg } = of.data;
  return (
    <div className={of.isPending ? 'stack stale' : 'stack'}>
      <GroupCard of={found.base} drg={drg} />
      <ChangeTable changes={found.changes} names={found.names} drg={drg} />
      <p className="quiet">
        {found.scheme_name}，指纹 <span className="digits">{found.scheme_hash.slice(0, 12)}</span>
        。模拟结果不作为支付依据。
      </p>
    </div>
  );
}

function Workbench({ options }: { options: SimulatorOptions }) {
  const [form] = Form.useForm<SimulatorFields>();
  const simulation = useSimulation();
  const [pasted, setPasted] = useState<PastedCase[]>([]);
  const [pasting, setPasting] = useState(false);
  const [first] = options.schemes;
  const [schemeKey, setSchemeKey] = useState(first ? keyOf(first) : '');
  const scheme = options.schemes.find((one) => keyOf(one) === schemeKey);
  useKey('p', (event) => {
    event.preventDefault();
    setPasting(true);
  });
  if (!scheme) return <Empty description="本服务没有装入分组方案，请放入方案目录后重新启动" />;

  const run = (under: SimulatorScheme = scheme) =>
    simulation.mutate({ fields: form.getFieldsValue(true) as SimulatorFields, scheme: under });
  const show = (values: Pick<SimulatorFields, 'case' | 'added'>) => {
    form.setFieldsValue(values);
    run();
  };
  const choose = (key: string) => {
    const next = options.schemes.find((one) => keyOf(one) === key);
    if (!next) return;
    setSchemeKey(key);
    form.setFieldsValue({ terms: next.terms });
    if (!simulation.isIdle) run(next);
  };
  const take = (cases: PastedCase[]) => {
    setPasted(cases);
    const [one] = cases;
    if (one) show({ case: one.case, added: [] });
  };
  return (
    <>
      <Space wrap className="trial-examples">
        <span className="quiet">示例</span>
        {options.examples.map((example) => (
          <Button key={example.title} onClick={() => show(ofExample(example))}>
            {example.title}
          </Button>
        ))}
      </Space>
      <div className="simulator">
        <Form<SimulatorFields>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ case: emptyCase, added: [], terms: scheme.terms }}
          onFinish={() => run()}
        >
          <Card
            size="small"
            title="病例"
            extra={
              <Space>
                {pasted.length > 1 && (
                  <Select
                    aria-label="粘贴的病例"
                    className="simulator-pasted"
                    defaultValue={0}
                    options={pasted.map((one, value) => ({ value, label: one.title }))}
                    onChange={(at: number) => {
                      const one = pasted[at];
                      if (one) show({ case: one.case, added: form.getFieldValue('added') });
                    }}
                  />
                )}
                <Button onClick={() => setPasting(true)}>粘贴 P</Button>
                <Button type="primary" htmlType="submit" loading={simulation.isPending}>
                  模拟
                </Button>
              </Space>
            }
          >
            <CaseFields />
          </Card>
          <Card size="small" title="方案和价格" className="simulator-terms">
            <Segmented
              block
              aria-label="分组方案"
              value={schemeKey}
              onChange={choose}
              options={options.schemes.map((one) => ({
                value: keyOf(one),
                label: `${one.name} ${one.version}`,
              }))}
            />
            <TermsFields scheme={scheme} />
          </Card>
        </Form>
        <Result of={simulation} />
      </div>
      {pasting && <PasteDialog take={take} close={() => setPasting(false)} />}
    </>
  );
}

/** The hospital simulator: which group, what pay, and what one more diagnosis would change. */
export function SimulatorPage() {
  const options = useQuery({
    queryKey: ['simulator'],
    queryFn: () => answer(api.GET('/api/v1/simulator')),
    staleTime: Infinity,
  });
  return (
    <Page title="分组模拟">
      {options.isError && <Failure error={options.error} retry={() => void options.refetch()} />}
      {options.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {options.data && <Workbench options={options.data} />}
    </Page>
  );
}
