import { Empty } from 'antd';

interface Read {
  isPending: boolean;
  isError: boolean;
}

/** What a table says when it has no rows; until they were read it does not claim that none are. */
export function nothing(text: string, of?: Read) {
  const said = of?.isPending ? '正在读取' : of?.isError ? '没有读到，请重试' : text;
  return { emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={said} /> };
}
