import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { answer, api } from '../../api/client';

type Side = 'diagnosis' | 'procedure';

/** Names of codes that were seen, so that a chosen code keeps its name. */
const seen = new Map<string, string>();

export function remember(names: Record<string, string>) {
  for (const [code, name] of Object.entries(names)) seen.set(code, name);
}

function useCodes(side: Side, text: string) {
  return useQuery({
    queryKey: ['simulator-codes', side, text],
    queryFn: async () => {
      const found = await answer(
        api.GET('/api/v1/simulator/codes', { params: { query: { side, text } } }),
      );
      remember(Object.fromEntries(found.map((one) => [one.code, one.name])));
      return found;
    },
    enabled: text !== '',
    placeholderData: (previous) => previous,
    staleTime: Infinity,
  });
}

const label = (code: string) => `${code} ${seen.get(code) ?? ''}`.trim();

interface Props<T> {
  side: Side;
  value?: T;
  onChange?: (value: T) => void;
  id?: string;
  placeholder?: string;
}

/** What can be chosen: what was found, then what was typed where no table knows it. */
function useOptions(side: Side) {
  const [text, setText] = useState('');
  const typed = text.trim();
  const found = useCodes(side, typed).data ?? [];
  const known = found.some((one) => one.code.toUpperCase() === typed.toUpperCase());
  const options =
    typed === '' ? [] : found.map((one) => ({ value: one.code, label: label(one.code) }));
  if (typed !== '' && !known && /^[\w.+*\-]+$/.test(typed)) {
    options.push({ value: typed, label: `${typed}（按所填编码）` });
  }
  return { text, setText, options };
}

/** One code, found by how it begins or by its name. */
export function CodeSelect({ side, value, onChange, ...rest }: Props<string>) {
  const { text, setText, options } = useOptions(side);
  return (
    <Select
      {...rest}
      allowClear
      value={value ? { value, label: label(value) } : undefined}
      labelInValue
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      notFoundContent={text ? '没有符合的编码' : '输入编码或名称'}
      suffixIcon={null}
      options={options}
      onChange={(chosen?: { value: string; label: string }) => {
        setText('');
        onChange?.(chosen?.value ?? '');
      }}
    />
  );
}

/** Several codes, in their order. */
export function CodesSelect({ side, value, onChange, ...rest }: Props<string[]>) {
  const { text, setText, options } = useOptions(side);
  return (
    <Select
      {...rest}
      mode="multiple"
      allowClear
      value={(value ?? []).map((code) => ({ value: code, label: label(code) }))}
      labelInValue
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      notFoundContent={text ? '没有符合的编码' : '输入编码或名称'}
      suffixIcon={null}
      options={options}
      onChange={(chosen: { value: string }[]) => {
        setText('');
        onChange?.(chosen.map((one) => one.value));
      }}
    />
  );
}
