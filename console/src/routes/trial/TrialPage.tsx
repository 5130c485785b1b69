import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Empty, Form, Skeleton, Space } from 'antd';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { answer, api, type TrialRequest } from '../../api/client';
import { useSession } from '../../app/session';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Receipt } from '../../parts/receipt';
import { SettlementSide } from '../../parts/settlementSide';
import { blank, toFields, toRequest, type TrialFields } from './fields';
import { TrialForm } from './TrialForm';

function useTrial() {
  return useMutation({
    mutationFn: (body: TrialRequest) => answer(api.POST('/api/v1/trial', { body })),
  });
}

/** The trial calculator: the same decision as a settlement, without effect. */
export function TrialPage() {
  const { today } = useSession();
  const [params] = useSearchParams();
  const person = params.get('person') ?? undefined;
  const [form] = Form.useForm<TrialFields>();
  const examples = useQuery({
    queryKey: ['trial-examples'],
    queryFn: () => answer(api.GET('/api/v1/trial/examples')),
    staleTime: Infinity,
  });
  const trial = useTrial();
  const result = useRef<HTMLDivElement>(null);
  const first = examples.data?.[0]?.request ?? (examples.isError ? blank(today) : undefined);

  useEffect(() => {
    if (first) form.setFieldsValue(toFields(first, person));
  }, [first, person, form]);
  useEffect(() => {
    if (trial.data) result.current?.scrollIntoView({ block: 'start' });
  }, [trial.data]);

  const show = (request: TrialRequest) => {
    form.resetFields();
    const fields = toFields(request);
    form.setFieldsValue(fields);
    trial.mutate(toRequest(fields));
  };

  return (
    <Page
      title="待遇试算"
      extra={trial.data && <Button onClick={() => window.print()}>打印试算结果</Button>}
    >
      {(examples.data?.length ?? 0) > 0 && (
        <Space wrap className="no-print trial-examples">
          <span className="quiet">示例</span>
          {examples.data?.map((example) => (
            <Button key={example.title} onClick={() => show(example.request)}>
              {example.title}
            </Button>
          ))}
        </Space>
      )}
      <div className="no-print trial-form">
        {first ? (
          <TrialForm
            form={form}
            busy={trial.isPending}
            send={(fields) => trial.mutate(toRequest(fields))}
          />
        ) : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )}
      </div>
      <div ref={result} className="trial-result">
        {trial.isError && <Failure error={trial.error} />}
        {trial.data && !trial.isError && (
          <div className={trial.isPending ? 'sheet print-side stale' : 'sheet print-side'}>
            <Receipt of={trial.data} />
            <SettlementSide of={trial.data} />
          </div>
        )}
        {trial.isIdle && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description="点“试算”或任一示例，结算单和计算过程显示在这里，不产生任何记录"
          />
        )}
      </div>
    </Page>
  );
}
