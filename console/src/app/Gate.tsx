import { Spin } from 'antd';
import { SignIn } from '../routes/session/SignIn';
import { Failure } from '../parts/failure';
import { useSessionQuery } from './session';
import { Shell } from './Shell';

/** Lets a signed-in person in and shows everybody else the sign-in page, at the same address. */
export function Gate() {
  const session = useSessionQuery();
  if (session.isPending) return <Spin fullscreen description="正在打开" />;
  if (session.isError) {
    return (
      <div className="gate-failure">
        <Failure error={session.error} retry={() => void session.refetch()} />
      </div>
    );
  }
  return session.data ? <Shell /> : <SignIn />;
}
