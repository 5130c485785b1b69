import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client';

export interface ListsAsked {
  state: string;
  institution: string;
  faulty: string;
  from: string;
  to: string;
}

export function useDischarges(asked: ListsAsked) {
  return useInfiniteQuery({
    queryKey: ['discharges', asked],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(asked.state && { state: asked.state }),
        ...(asked.institution && { institution: asked.institution }),
        ...(asked.faulty && { faulty: asked.faulty === 'yes' }),
        ...(asked.from && { from: asked.from }),
        ...(asked.to && { to: asked.to }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answer(api.GET('/api/v1/discharges', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

export function useQualityBoard(from: string, to: string, institution: string) {
  return useQuery({
    queryKey: ['discharges', 'quality', from, to, institution],
    queryFn: () =>
      answer(
        api.GET('/api/v1/discharges/quality', {
          params: { query: { from, to, ...(institution && { institution }) } },
        }),
      ),
    placeholderData: (previous) => previous,
  });
}

export function useDischarge(id: string | undefined) {
  return useQuery({
    queryKey: ['discharge', id],
    queryFn: () =>
      answer(api.GET('/api/v1/discharges/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
  });
}
