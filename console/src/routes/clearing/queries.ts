import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client';

/** What a month of clearing can be told to do. */
export type MonthStep = 'build' | 'publish' | 'approve' | 'order' | 'close';

export function useClearingMonth(month: string) {
  return useQuery({
    queryKey: ['clearing', month],
    queryFn: () =>
      answer(api.GET('/api/v1/clearing/months/{month}', { params: { path: { month } } })),
    placeholderData: (previous) => previous,
  });
}

export function useClearingStale() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [['clearing'], ['statement'], ['payments']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}

function take(month: string, step: MonthStep) {
  const params = { path: { month } };
  switch (step) {
    case 'build':
      return answer(api.POST('/api/v1/clearing/months/{month}/build', { params, body: {} }));
    case 'publish':
      return answer(api.POST('/api/v1/clearing/months/{month}/publication', { params, body: {} }));
    case 'approve':
      return answer(api.POST('/api/v1/clearing/months/{month}/approval', { params, body: {} }));
    case 'order':
      return answer(api.POST('/api/v1/clearing/months/{month}/orders', { params, body: {} }));
    case 'close':
      return answer(api.POST('/api/v1/clearing/months/{month}/close', { params }));
  }
}

export function useMonthStep(month: string) {
  const stale = useClearingStale();
  return useMutation({ mutationFn: (step: MonthStep) => take(month, step), onSettled: stale });
}

export function useStatement(id: string) {
  return useQuery({
    queryKey: ['statement', id],
    queryFn: () =>
      answer(api.GET('/api/v1/clearing/statements/{id}', { params: { path: { id } } })),
  });
}

export function useStatementBills(id: string) {
  return useInfiniteQuery({
    queryKey: ['statement', id, 'bills'],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/clearing/statements/{id}/bills', {
          params: { path: { id }, query: { limit: 50, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useCaseValues(settlement: string) {
  return useQuery({
    queryKey: ['case-values', settlement],
    queryFn: () =>
      answer(api.GET('/api/v1/points/cases/{id}', { params: { path: { id: settlement } } })),
  });
}
