import { useSearchParams } from 'react-router';
import { useSession } from '../../app/session';
import type { Asked } from './queries';
import { firstDesk, statesOf } from './words';

/** What the address of the work list says: which doubts, and whether one by one or in groups. */
export interface Wanted {
  desk: string;
  rule: string;
  institution: string;
  strength: string;
  person: string;
  month: string;
  mine: string;
  notice: string;
  view: string;
}

const keys = [
  'desk',
  'rule',
  'institution',
  'strength',
  'person',
  'month',
  'mine',
  'notice',
  'view',
] as const;

/** The last day of a month such as `2024-10`. */
function lastDay(month: string): string {
  const [year, of] = month.split('-').map(Number);
  const day = new Date(Date.UTC(year ?? 0, of ?? 1, 0)).getUTCDate();
  return `${month}-${day}`;
}

/** What the server is asked for, without the states. */
export function filterOf(wanted: Wanted): Asked {
  return {
    rule: wanted.rule,
    institution: wanted.institution,
    strength: wanted.strength,
    person: wanted.person,
    notice: wanted.notice,
    mine: wanted.mine === 'yes',
    ...(wanted.month && { from: `${wanted.month}-01`, to: lastDay(wanted.month) }),
  };
}

/** What the server is asked for. */
export function askedOf(wanted: Wanted): Asked {
  return { ...filterOf(wanted), state: statesOf(wanted.desk).join(',') };
}

/** The wish in the address, and how to change it. */
export function useWanted() {
  const { role } = useSession();
  const [params, setParams] = useSearchParams();
  const text = (key: string) => params.get(key) ?? '';
  const wanted = {
    ...(Object.fromEntries(keys.map((key) => [key, text(key)])) as unknown as Wanted),
    desk: text('desk') || firstDesk(role),
  };
  const change = (to: Partial<Wanted>) => {
    const kept = Object.entries({ ...wanted, ...to }).filter(([, value]) => value);
    setParams(Object.fromEntries(kept), { replace: true });
  };
  return { wanted, change };
}
