import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { answer, api, type SettlementQuery, type SettlementRow } from '../../api/client';

const pageSize = 50;
const pollEvery = 3000;
const fields = ['from', 'to', 'institution', 'scheme', 'care_type', 'status', 'text'] as const;
type Field = (typeof fields)[number];
export type Filters = Partial<Record<Field, string>>;

/** The filters live in the address, so that a view can be bookmarked and Esc comes back to it. */
export function useFilters(): [Filters, (change: Filters) => void] {
  const [params, setParams] = useSearchParams();
  const filters: Filters = {};
  for (const field of fields) {
    const value = params.get(field);
    if (value) filters[field] = value;
  }
  const change = (part: Filters) => {
    const next = new URLSearchParams(params);
    for (const field of fields) {
      if (!(field in part)) continue;
      const value = part[field];
      if (value) next.set(field, value);
      else next.delete(field);
    }
    setParams(next, { replace: true });
  };
  return [filters, change];
}

/** The settlements that fit; asked for again every few seconds while live and on the first page. */
export function useSettlements(filters: Filters, live: boolean) {
  return useInfiniteQuery({
    queryKey: ['settlements', filters],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filters, limit: pageSize } as SettlementQuery;
      if (pageParam) query.cursor = pageParam;
      return answer(api.GET('/api/v1/settlements', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) =>
      live && (query.state.data?.pages.length ?? 1) === 1 ? pollEvery : false,
    staleTime: 0,
  });
}

/** The ids that arrived with the last refresh of the same view. */
export function useFresh(rows: SettlementRow[], view: string): ReadonlySet<string> {
  const seen = useRef<{ view: string; ids: Set<string> }>(undefined);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ids = new Set(rows.map((row) => row.id));
    const before = seen.current;
    if (before && before.view === view && before.ids.size > 0) {
      setFresh(new Set([...ids].filter((id) => !before.ids.has(id))));
    }
    if (ids.size > 0 || before?.view !== view) seen.current = { view, ids };
  }, [rows, view]);
  return fresh;
}
