import { Empty } from 'antd';

/** What a table says when it has no rows; where they could not be read it does not claim none. */
export function nothing(text: string, unread = false) {
  const said = unread ? '没有读到，请重试' : text;
  return { emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={said} /> };
}
