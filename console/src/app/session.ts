import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, ApiFailure, type Session } from '../api/client';

const key = ['session'];

/** Who is signed in: `null` when nobody is. */
export function useSessionQuery() {
  return useQuery<Session | null>({
    queryKey: key,
    queryFn: async () => {
      try {
        return await answer(api.GET('/api/v1/session'));
      } catch (error) {
        if (error instanceof ApiFailure && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
    retry: 1,
  });
}

/** The signed-in person; only below the gate that guarantees one. */
export function useSession(): Session {
  const { data } = useSessionQuery();
  if (!data) throw new Error('no session below the gate');
  return data;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { user: string; password: string }) =>
      answer(api.POST('/api/v1/session', { body })),
    onSuccess: (session) => client.setQueryData(key, session),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/session')),
    onSuccess: () => {
      client.setQueryData(key, null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== key[0] });
    },
  });
}
