import { Button, Result } from 'antd';

/** Shown for an address that leads nowhere, or when a page broke. */
export function Lost({ broken }: { broken?: boolean }) {
  return (
    <Result
      status={broken ? 'error' : '404'}
      title={broken ? '页面出错了' : '没有这个页面'}
      subTitle={broken ? '请返回首页重试；如果再次出现，请联系系统管理员。' : '请检查地址。'}
      extra={
        <Button type="primary" href="/">
          返回首页
        </Button>
      }
    />
  );
}
