import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { answer, api } from '../api/client';

interface Props {
  value?: string | null;
  onChange?: (code: string | undefined) => void;
  placeholder?: string;
}

/** Finds an institution by a part of its name or code. */
export function InstitutionSelect({ value, onChange, placeholder = '定点医药机构' }: Props) {
  const [text, setText] = useState('');
  const asked = text || value || '';
  const found = useQuery({
    queryKey: ['institutions', asked],
    queryFn: () =>
      answer(api.GET('/api/v1/institutions', { params: { query: { text: asked, limit: 30 } } })),
    placeholderData: (previous) => previous,
  });
  return (
    <Select
      className="institution-select"
      allowClear
      aria-label={placeholder}
      placeholder={placeholder}
      value={value ?? undefined}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={found.isFetching ? '正在查找' : '没有符合的机构'}
      options={(found.data ?? []).map((one) => ({
        value: one.code,
        label: one.name,
        title: `${one.code} ${one.grade_name}`,
      }))}
      onChange={(code?: string) => {
        setText('');
        onChange?.(code);
      }}
    />
  );
}
