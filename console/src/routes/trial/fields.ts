import dayjs, { type Dayjs } from 'dayjs';
import type { TrialExample, TrialRequest } from '../../api/client';

type Person = NonNullable<TrialRequest['person']>;

/** What the form holds; the request is made from it when it is sent. */
export interface TrialFields extends Omit<
  TrialRequest,
  'from' | 'to' | 'person' | 'person_no' | 'institution'
> {
  who: 'facts' | 'person';
  where: 'grade' | 'institution';
  person_no?: string;
  institution?: string;
  person: Person;
  days: [Dayjs, Dayjs];
}

const nobody: Person = {
  category: 'active',
  age: 45,
  identities: [],
  enrolled_years: 1,
  account_balance: '0.00',
  counters: [],
};

/** Text typed by hand as yuan with two decimals: `800` becomes `800.00`. */
function asYuan(text: string): string {
  const [whole = '', cents = ''] = text.trim().split('.');
  return `${whole || '0'}.${cents.padEnd(2, '0')}`;
}

/** The form filled from a request; `person` overrides whom it is for. */
export function toFields(request: TrialRequest, person?: string): TrialFields {
  const { from, to, person_no, institution, person: facts, ...rest } = request;
  const someone = person ?? person_no ?? undefined;
  return {
    ...rest,
    who: someone ? 'person' : 'facts',
    where: institution ? 'institution' : 'grade',
    person_no: someone,
    institution: institution ?? undefined,
    person: { ...nobody, ...facts },
    days: [dayjs(from), dayjs(to)],
  };
}

export function toRequest(fields: TrialFields): TrialRequest {
  const { who, where, person_no, institution, person, days, ...rest } = fields;
  const day = (at: 0 | 1) => days[at].format('YYYY-MM-DD');
  const named = where === 'institution';
  return {
    ...rest,
    person_no: who === 'person' ? person_no : undefined,
    person:
      who === 'facts'
        ? {
            ...person,
            account_balance: asYuan(person.account_balance),
          }
        : undefined,
    institution: named ? institution : undefined,
    institution_grade: named ? undefined : rest.institution_grade,
    institution_kind: named ? undefined : rest.institution_kind,
    from: day(0),
    to: day(1),
  };
}

/** An empty calculation, for when the server offers no example. */
export function blank(today: string): TrialExample['request'] {
  return {
    scheme: 'employee',
    care_type: 'inpatient',
    from: today,
    to: today,
    use_account: true,
    lines: [],
  };
}
