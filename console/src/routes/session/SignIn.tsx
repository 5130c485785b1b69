import { Button, Form, Input } from 'antd';
import { useSignIn } from '../../app/session';
import { Failure } from '../../parts/failure';

interface Fields {
  user: string;
  password: string;
}

/** The sign-in page. */
export function SignIn() {
  const signIn = useSignIn();
  return (
    <div className="sign-in">
      <div className="sign-in-card">
        <h1>统筹</h1>
        <p>医疗保障经办控制台</p>
        <Form<Fields>
          layout="vertical"
          size="large"
          requiredMark={false}
          onFinish={(fields) => signIn.mutate(fields)}
        >
          <Form.Item
            label="用户名"
            name="user"
            rules={[{ required: true, message: '请输入用户名' }]}
          >
            <Input autoFocus autoComplete="username" />
          </Form.Item>
          <Form.Item
            label="口令"
            name="password"
            rules={[{ required: true, message: '请输入口令' }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {signIn.isError && <Failure error={signIn.error} />}
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            登录
          </Button>
        </Form>
      </div>
    </div>
  );
}
