import type { SimulatorCase, SimulatorExample, SimulatorScheme } from '../../api/client';

/** What the form holds: the case, what is tried, under which scheme and at which prices. */
export interface SimulatorFields {
  scheme: string;
  case: SimulatorCase;
  added: string[];
  terms: SimulatorScheme['terms'];
}

/** One name for a scheme of either kind. */
export const keyOf = (scheme: SimulatorScheme) => `${scheme.kind}/${scheme.code}`;

export const emptyCase: SimulatorCase = {
  sex: '',
  age_years: '',
  age_days: '',
  birth_weight_g: '',
  stay_days: '',
  ventilator_hours: '',
  discharge_status: '',
  department: '',
  principal: '',
  others: [],
  procedures: [],
  total_cost: '',
};

export function toRequest(fields: SimulatorFields, scheme: SimulatorScheme) {
  return {
    kind: scheme.kind,
    scheme: scheme.code,
    case: { ...emptyCase, ...fields.case },
    added: fields.added ?? [],
    terms: fields.terms,
  };
}

export function ofExample(example: SimulatorExample): Pick<SimulatorFields, 'case' | 'added'> {
  return { case: { ...emptyCase, ...example.case }, added: example.added };
}
