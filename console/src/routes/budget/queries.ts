import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type InterviewRequest } from '../../api/client';

export function useBudget(month: string) {
  return useQuery({
    queryKey: ['budget', month],
    queryFn: () =>
      answer(api.GET('/api/v1/budgets/months/{month}', { params: { path: { month } } })),
    placeholderData: (previous) => previous,
  });
}

export function useInterview() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: InterviewRequest) =>
      answer(api.POST('/api/v1/budgets/interviews', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['budget'] }),
  });
}

export function useInterviewClosing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, result }: { id: string; result: string }) =>
      answer(
        api.POST('/api/v1/budgets/interviews/{id}/closing', {
          params: { path: { id } },
          body: { result },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['budget'] }),
  });
}
