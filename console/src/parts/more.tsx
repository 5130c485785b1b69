import { Button } from 'antd';

interface Props {
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
}

/** The button for the next page of a list, while there is one. */
export function More({ list }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <div className="more">
      <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        更多
      </Button>
    </div>
  );
}
