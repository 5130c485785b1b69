use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

/// An insured person (参保人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The person's number in the area.
    pub person_no: String,
    /// Name.
    pub name: String,
    /// Sex code.
    pub sex: String,
    /// Date of birth.
    pub birth: Date,
    /// Date of death.
    pub death: Option<Date>,
    /// The county of the insured place.
    pub county: AreaCode,
    /// Identities (低保, 特困 …) with their dates, JSON.
    pub marks: String,
    /// Whatever else is known, JSON.
    pub detail: String,
}

/// A document, card or credential that names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierRow {
    /// Kind of identifier: identity document, card, electronic credential.
    pub kind: String,
    /// Its number.
    pub value: String,
}

/// One period of cover under a scheme (参保与待遇期间).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// The scheme.
    pub scheme: String,
    /// First day.
    pub starts_on: Date,
    /// Last day, if it has one.
    pub ends_on: Option<Date>,
    /// The category of person.
    pub category: String,
    /// Whether the period gives benefits: active, waiting, suspended, ended.
    pub state: String,
    /// Why it is in that state.
    pub reason: String,
    /// The county of the insured place.
    pub county: AreaCode,
    /// The employer or paying unit.
    pub employer: String,
}

/// A relative whose account a member may use (家庭共济).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyRow {
    /// The owner of the account.
    pub sponsor: String,
    /// What the owner is to the member.
    pub relation: String,
    /// First day of the grant.
    pub starts_on: Date,
    /// Last day of the grant.
    pub ends_on: Option<Date>,
    /// What may be paid, JSON array of words; empty for all that policy allows.
    pub purposes: String,
    /// The owner's limit in a calendar year.
    pub limit: Option<Fen>,
}

/// A recognised chronic or special disease, or a separately paid drug (慢特病认定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognitionRow {
    /// Chronic, special, two diseases, separate drug.
    pub kind: String,
    /// Disease or drug code.
    pub code: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Its name.
    pub name: String,
    /// Designated institutions, JSON array of codes.
    pub institutions: String,
    /// Whatever else is known, JSON.
    pub detail: String,
}

/// A registration (备案): treatment elsewhere, referral, designated institution, accident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationRow {
    /// Its number.
    pub registration_id: String,
    /// What it registers.
    pub kind: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Valid, withdrawn …
    pub state: String,
    /// The institution concerned, or empty.
    pub institution: String,
    /// The place concerned, or empty.
    pub destination: String,
    /// Whatever else is known, JSON.
    pub detail: String,
}

/// An account as it stands when a person is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningAccount {
    /// Which purse.
    pub kind: String,
    /// What is in it.
    pub balance: Fen,
}

/// A counter as it stands when a person is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningCounter {
    /// Which counter.
    pub key: super::CounterKey,
    /// The benefit year it belongs to.
    pub year: i32,
    /// What it shows.
    pub value: i64,
}

/// Everything known of one person on entry (参保档案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFile {
    /// The person.
    pub person: PersonRow,
    /// What names the person.
    pub identifiers: Vec<IdentifierRow>,
    /// Cover.
    pub coverage: Vec<CoverageRow>,
    /// Accounts with their opening balance; left alone where the account exists.
    pub accounts: Vec<OpeningAccount>,
    /// Counters with their opening value; left alone where the counter exists.
    pub counters: Vec<OpeningCounter>,
    /// Relatives whose account this person may use.
    pub family: Vec<FamilyRow>,
    /// Recognised diseases and drugs.
    pub recognitions: Vec<RecognitionRow>,
    /// Registrations.
    pub registrations: Vec<RegistrationRow>,
    /// By what else the person is found.
    pub index: Vec<super::IndexRow>,
}

impl PersonFile {
    /// A file that holds the person and nothing else yet.
    pub fn new(person: PersonRow) -> Self {
        Self {
            person,
            identifiers: Vec::new(),
            coverage: Vec::new(),
            accounts: Vec::new(),
            counters: Vec::new(),
            family: Vec::new(),
            recognitions: Vec::new(),
            registrations: Vec::new(),
            index: Vec::new(),
        }
    }
}
