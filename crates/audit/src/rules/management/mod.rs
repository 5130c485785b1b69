//! 管理类规则，按编号。

mod m001_included_same_day;
mod m002_included_same_visit;
mod m003_included_within_hours;
mod m006_daily_cap;
mod m009_nursing_grades;
mod m017_date_outside_visit;
mod m020_net_negative;
mod m025_census_above_beds;
mod m027_outpatient_in_own_stay;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &m001_included_same_day::RULE,
    &m002_included_same_visit::RULE,
    &m003_included_within_hours::RULE,
    &m006_daily_cap::RULE,
    &m009_nursing_grades::RULE,
    &m017_date_outside_visit::RULE,
    &m020_net_negative::RULE,
    &m025_census_above_beds::RULE,
    &m027_outpatient_in_own_stay::RULE,
];
