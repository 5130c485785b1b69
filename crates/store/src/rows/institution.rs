use terms::AreaCode;

/// A medical institution or pharmacy (定点医药机构).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionRow {
    /// The pooling area that contracts it.
    pub area: AreaCode,
    /// Its national code.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// Hospital, community centre, village clinic, pharmacy.
    pub kind: String,
    /// Its grade.
    pub grade: String,
    /// The county it lies in.
    pub county: AreaCode,
    /// Its interface keys, JSON.
    pub keys: String,
    /// Whatever else is known of it, JSON.
    pub detail: String,
}
