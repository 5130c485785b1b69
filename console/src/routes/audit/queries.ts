import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  answer,
  api,
  ApiFailure,
  formBody,
  type DoubtQuery,
  type DoubtsAsked,
  type MoveRequest,
} from '../../api/client';

/** Which doubts the page asks for; as the server takes them. */
export type Asked = Omit<DoubtsAsked, 'cursor' | 'limit'>;

/** A filter without what is empty. */
export function filled(asked: Asked): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => Boolean(value)));
}

const anyDoubt: DoubtQuery = {
  state: null,
  rule: null,
  institution: null,
  strength: null,
  person: null,
  settlement: null,
  notice: null,
  at_least: null,
  at_most: null,
  from: null,
  to: null,
  ids: null,
  mine: null,
  cursor: null,
  limit: null,
  for_institution: null,
};

/** A filter as bodies carry it, with everything that is not asked named. */
const whole = (asked: Asked): DoubtQuery => ({ ...anyDoubt, ...filled(asked) });

const noMove: MoveRequest = {
  verb: '',
  version: null,
  text: '',
  amount: null,
  votes_for: 0,
  votes_against: 0,
  attachments: [],
  for_institution: null,
};

export function useDoubts(asked: Asked, enabled = true) {
  const filter = filled(asked);
  return useInfiniteQuery({
    queryKey: ['doubts', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: 100, ...(pageParam && { cursor: pageParam }) };
      return answer(api.GET('/api/v1/audit/doubts', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
    enabled,
  });
}

/** How many doubts there are by state, rule and institution. */
export function useDoubtCounts(asked: Asked) {
  const filter = filled(asked);
  return useQuery({
    queryKey: ['doubts', 'counts', filter],
    queryFn: async () => {
      const query = { ...filter, limit: 1 };
      const page = await answer(api.GET('/api/v1/audit/doubts', { params: { query } }));
      return page.counts;
    },
    placeholderData: (previous) => previous,
  });
}

/** The part of a query that says for which institution an administrator enters. */
const speaking = (forInstitution?: string) =>
  forInstitution ? { for_institution: forInstitution } : {};

export function useDoubt(id: string | undefined, forInstitution?: string) {
  return useQuery({
    queryKey: ['doubt', id, forInstitution ?? ''],
    queryFn: () =>
      answer(
        api.GET('/api/v1/audit/doubts/{id}', {
          params: { path: { id: id ?? '' }, query: speaking(forInstitution) },
        }),
      ),
    enabled: Boolean(id),
  });
}

/** What has to be read anew once something was done with a doubt. */
export function useAuditStale() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['doubts', 'doubt', 'samples', 'notices', 'rule-quality', 'audit-coverage', 'audit-runs'].map(
        (key) => client.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

export function attach(id: string, file: File, forInstitution?: string) {
  return answer(
    api.POST('/api/v1/audit/doubts/{id}/attachments', {
      params: { path: { id }, query: speaking(forInstitution) },
      ...formBody({ file }),
    }),
  );
}

/** A move as a dialog fills it in. */
export interface Filled {
  verb: string;
  version: number;
  text: string;
  amount?: string;
  votesFor?: number;
  votesAgainst?: number;
  files: File[];
  forInstitution?: string;
}

/** Carries a move out by the way that is its own. */
async function carryOut(id: string, made: Filled): Promise<void> {
  const params = { path: { id } };
  if (made.verb === 'publish') {
    const done = await answer(api.POST('/api/v1/audit/notices', { body: { doubts: [id] } }));
    const [refused] = done.refused;
    if (refused) {
      throw new ApiFailure(422, { code: 'refused', message: refused.reason, issues: [] });
    }
    return;
  }
  if (made.verb === 'deduct') {
    await answer(api.POST('/api/v1/audit/doubts/{id}/deduction', { params }));
    return;
  }
  if (made.verb === 'release') {
    const body = { amount: made.amount ?? '', reason: made.text };
    await answer(api.POST('/api/v1/audit/doubts/{id}/release', { params, body }));
    return;
  }
  const attached = [];
  for (const file of made.files) attached.push(await attach(id, file, made.forInstitution));
  const body = {
    ...noMove,
    verb: made.verb,
    version: made.version,
    text: made.text,
    ...(made.amount && { amount: made.amount }),
    votes_for: made.votesFor ?? 0,
    votes_against: made.votesAgainst ?? 0,
    attachments: attached.map((one) => one.id),
    ...speaking(made.forInstitution),
  };
  await answer(api.POST('/api/v1/audit/doubts/{id}/moves', { params, body }));
}

export function useMove(id: string) {
  const stale = useAuditStale();
  return useMutation({
    mutationFn: (made: Filled) => carryOut(id, made),
    onSettled: stale,
  });
}

/** The same move for many: those chosen, or all that pass the filter. */
export function useBulk() {
  const stale = useAuditStale();
  return useMutation({
    mutationFn: ({
      filter,
      verb,
      text,
      expected,
      sample,
    }: {
      filter: Asked;
      verb: string;
      text: string;
      expected: number;
      sample?: string;
    }) =>
      answer(
        api.POST('/api/v1/audit/bulk', {
          body: {
            filter: whole(filter),
            action: { ...noMove, verb, text },
            expected,
            sample: sample ?? null,
          },
        }),
      ),
    onSettled: stale,
  });
}

export function useNotices(forInstitution?: string, enabled = true) {
  return useQuery({
    queryKey: ['notices', forInstitution ?? ''],
    queryFn: () =>
      answer(api.GET('/api/v1/audit/notices', { params: { query: speaking(forInstitution) } })),
    enabled,
  });
}

export function useReceive(forInstitution?: string) {
  const stale = useAuditStale();
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.POST('/api/v1/audit/notices/{id}/receipt', {
          params: { path: { id }, query: speaking(forInstitution) },
        }),
      ),
    onSettled: stale,
  });
}

export function useSamples() {
  return useQuery({
    queryKey: ['samples'],
    queryFn: () => answer(api.GET('/api/v1/audit/samples')),
  });
}

export function useSample(id: string) {
  return useQuery({
    queryKey: ['samples', id],
    queryFn: () => answer(api.GET('/api/v1/audit/samples/{id}', { params: { path: { id } } })),
    enabled: Boolean(id),
  });
}

export function useDraw() {
  const stale = useAuditStale();
  return useMutation({
    mutationFn: ({ filter, count, seed }: { filter: Asked; count: number; seed: string }) =>
      answer(
        api.POST('/api/v1/audit/samples', {
          body: { filter: whole(filter), count, seed: seed || null },
        }),
      ),
    onSettled: stale,
  });
}
