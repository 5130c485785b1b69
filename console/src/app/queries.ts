import { QueryCache, QueryClient, useQuery } from '@tanstack/react-query';
import { answer, api, ApiFailure } from '../api/client';

/** One cache for the page. A lost session anywhere leads back to the sign-in page. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiFailure && error.status === 401) {
        queryClient.setQueryData(['session'], null);
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        count < 2 && error instanceof ApiFailure && (error.status === 0 || error.status >= 500),
    },
  },
});

/** The words of every drop-down list; they do not change while the server runs. */
export function useWords() {
  return useQuery({
    queryKey: ['words'],
    queryFn: () => answer(api.GET('/api/v1/words')),
    staleTime: Infinity,
  });
}
