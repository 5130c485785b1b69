import { Empty } from 'antd';

/** What a table says when it has no rows. */
export function nothing(text: string) {
  return { emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} /> };
}
