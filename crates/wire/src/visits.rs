//! 就诊记录：查询交易共有的读法。

use app::visit::{Diagnosis, VisitDetail};
use app::{Error, VisitRow};
use terms::Scheme;

use crate::codes;

/// What is kept of a visit beside its columns.
pub(crate) fn read(visit: &VisitRow) -> Result<(VisitDetail, Vec<Diagnosis>), Error> {
    let broken = |cause| Error::Bug(format!("visit {}: {cause}", visit.visit_id));
    let detail = serde_json::from_str(&visit.detail).map_err(broken)?;
    let diagnoses = serde_json::from_str(&visit.diagnoses).map_err(broken)?;
    Ok((detail, diagnoses))
}

/// The `insutype` of a stored scheme.
pub(crate) fn insutype(scheme: &str) -> &'static str {
    scheme.parse::<Scheme>().map_or("399", codes::insutype)
}

/// The `med_type` of a stored care type.
pub(crate) fn med_type(care: &str) -> &'static str {
    care.parse().map_or("11", codes::med_type)
}
