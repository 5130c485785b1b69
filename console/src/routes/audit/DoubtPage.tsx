import { Button, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { useBack } from '../../app/back';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { DoubtFile, DoubtTitle } from './DoubtCard';
import { useDoubt } from './queries';

/** One doubt on a page of its own: the evidence, the way so far, the money. */
export function DoubtPage() {
  const { id = '' } = useParams();
  const found = useDoubt(id);
  const back = useBack('/audit');
  return (
    <Page
      title={found.data ? <DoubtTitle of={found.data.doubt} /> : '疑点'}
      extra={<Button onClick={back}>返回 Esc</Button>}
    >
      {found.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <div className="doubt-page">
          <DoubtFile of={found.data} moved={() => undefined} />
        </div>
      )}
    </Page>
  );
}
