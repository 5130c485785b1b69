use std::borrow::Cow;

use crate::discharge::Discharge;

/// The codes of a case in the tables' spelling: capital letters, but a small x after the first.
pub(super) struct Spelt<'d> {
    principal: Option<Cow<'d, str>>,
    others: Vec<Cow<'d, str>>,
    procedures: Vec<Cow<'d, str>>,
}

impl<'d> Spelt<'d> {
    /// Spells every code.
    pub fn of(discharge: &'d Discharge<'_>) -> Self {
        let all = |codes: &'d [&str]| {
            let spelt = codes.iter().map(|code| spell(code));
            spelt.filter(|code| !code.is_empty()).collect()
        };
        Self {
            principal: discharge
                .principal
                .map(spell)
                .filter(|code| !code.is_empty()),
            others: all(&discharge.others),
            procedures: all(&discharge.procedures),
        }
    }

    /// The discharge with the codes so spelt.
    pub fn discharge(&self, discharge: &Discharge<'_>) -> Discharge<'_> {
        Discharge {
            principal: self.principal.as_deref(),
            others: self.others.iter().map(Cow::as_ref).collect(),
            procedures: self.procedures.iter().map(Cow::as_ref).collect(),
            department: None,
            sex: discharge.sex,
            age_years: discharge.age_years,
            age_days: discharge.age_days,
            birth_weight_g: discharge.birth_weight_g,
            stay_days: discharge.stay_days,
            ventilator_hours: discharge.ventilator_hours,
            discharge_status: discharge.discharge_status,
            total_cost: discharge.total_cost,
        }
    }
}

/// One code in that spelling, without blanks around it.
pub(super) fn spell(code: &str) -> Cow<'_, str> {
    let code = code.trim();
    let right = |(at, byte): (usize, u8)| match byte {
        b'X' => at == 0,
        b'x' => at > 0,
        byte => !byte.is_ascii_lowercase(),
    };
    if code.bytes().enumerate().all(right) {
        return Cow::Borrowed(code);
    }
    let letter = |(at, c): (usize, char)| match c {
        'X' | 'x' if at > 0 => 'x',
        c => c.to_ascii_uppercase(),
    };
    Cow::Owned(code.chars().enumerate().map(letter).collect())
}
