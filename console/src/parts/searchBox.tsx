import { Input } from 'antd';
import { useEffect, useState } from 'react';

interface Props {
  label: string;
  placeholder: string;
  /** What is being looked for now. */
  asked: string;
  ask: (text: string) => void;
}

/** The search field of a list: `/` reaches it, Enter asks, Esc leaves it. */
export function SearchBox({ label, placeholder, asked, ask }: Props) {
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  return (
    <div className="filters">
      <Input.Search
        data-search
        aria-label={label}
        className="filters-person"
        placeholder={placeholder}
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSearch={(value) => ask(value.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </div>
  );
}
