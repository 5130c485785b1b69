use crate::{Care, Dictionary, Level, Moment, NONE};

/// A diagnosis of a visit: code and name as the file says them (诊断).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diagnosis<'d> {
    /// Code, perhaps empty.
    pub code: &'d str,
    /// Name, perhaps empty.
    pub name: &'d str,
}

/// Visits and stays, one column per field (就诊).
#[derive(Debug, Clone, Default)]
pub struct Visits {
    /// Visit numbers of the file.
    pub ids: Dictionary,
    /// Whose visit; [`NONE`] when lines name a visit that no file has.
    pub person: Vec<u32>,
    /// At which provider.
    pub provider: Vec<u32>,
    /// Care type.
    pub care: Vec<Care>,
    /// Begin, admission.
    pub begin: Vec<Moment>,
    /// End, discharge; before the begin when not yet ended.
    pub end: Vec<Moment>,
    /// When it was settled; zero when unknown.
    pub settled: Vec<Moment>,
    /// Admitting department, `NONE` unknown, a number of `Data::departments`.
    pub department: Vec<u32>,
    /// Terminal of the settlement, a number of `terminals`.
    pub terminal: Vec<u32>,
    /// Chronic disease of the visit, a number of `Data::keys`.
    pub disease: Vec<u32>,
    /// Invoice, a number of `invoices`.
    pub invoice: Vec<u32>,
    /// Settlement number, a number of `settlements`; empty column when not given.
    pub settlement: Vec<u32>,
    /// Level of the provider as the visit's own file says it; 0 when it does not.
    pub level: Vec<Level>,
    /// Marks, see the constants.
    pub flags: Vec<u8>,
    /// Marks that the source keeps of its visits, whether or not one of this batch has them.
    pub kept: u8,
    /// Insurance code, 0 unknown.
    pub insurance: Vec<u16>,
    /// Begin of the diagnoses of each visit in `diagnosis`, one more than visits.
    pub(crate) diagnosis_at: Vec<u32>,
    pub(crate) diagnosis: Vec<u32>,
    /// Code and name joined by a tab.
    pub diagnoses: Dictionary,
    /// Terminals.
    pub terminals: Dictionary,
    /// Invoices.
    pub invoices: Dictionary,
    /// Settlement numbers.
    pub settlements: Dictionary,
}

impl Visits {
    /// Mark: the settlement was reversed (已退费).
    pub const REVERSED: u8 = 1;
    /// Mark: internet visit (互联网诊疗).
    pub const INTERNET: u8 = 2;
    /// Mark: emergency admission or critical state (急诊入院、病危).
    pub const CRITICAL: u8 = 4;
    /// Mark: an injury inquiry says that no third party pays (外伤调查无第三方).
    pub const NO_THIRD_PARTY: u8 = 8;
    /// Mark: died or transferred (死亡、转院).
    pub const DIED_OR_MOVED: u8 = 16;
    /// Mark: long prescription or other extension noted (长期处方).
    pub const LONG_PRESCRIPTION: u8 = 32;
    /// Mark: the visit names a diagnosis column that could be read (诊断栏存在).
    pub const DIAGNOSED: u8 = 64;
    /// Mark: no fund paid anything of the visit: account, cash or others did (基金未支付).
    pub const UNFUNDED: u8 = 128;

    /// How many visits there are.
    pub fn len(&self) -> usize {
        self.person.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.person.is_empty()
    }

    /// The diagnoses of a visit, the main one first.
    pub fn diagnoses_of(&self, visit: u32) -> impl Iterator<Item = Diagnosis<'_>> {
        let range = self.diagnosis_range(visit);
        self.diagnosis[range]
            .iter()
            .map(|&number| self.diagnosis(number))
    }

    /// The numbers of the diagnoses of a visit in `diagnoses`.
    pub fn diagnosis_numbers(&self, visit: u32) -> &[u32] {
        &self.diagnosis[self.diagnosis_range(visit)]
    }

    fn diagnosis_range(&self, visit: u32) -> std::ops::Range<usize> {
        let at = visit as usize;
        match (self.diagnosis_at.get(at), self.diagnosis_at.get(at + 1)) {
            (Some(&begin), Some(&end)) => begin as usize..end as usize,
            _ => 0..0,
        }
    }

    /// A diagnosis by its number.
    pub fn diagnosis(&self, number: u32) -> Diagnosis<'_> {
        let text = self.diagnoses.text(number);
        let (code, name) = text.split_once('\t').unwrap_or((text, ""));
        Diagnosis { code, name }
    }

    /// The main diagnosis.
    pub fn main_diagnosis(&self, visit: u32) -> Option<Diagnosis<'_>> {
        self.diagnoses_of(visit).next()
    }

    /// Whether a mark is set.
    pub fn has(&self, visit: u32, mark: u8) -> bool {
        self.flags
            .get(visit as usize)
            .is_some_and(|flags| flags & mark != 0)
    }

    /// Whether the visit is a stay (住院).
    pub fn is_stay(&self, visit: u32) -> bool {
        self.care[visit as usize].is_stay()
    }

    /// The moment of settlement, when known.
    pub fn settled(&self, visit: u32) -> Option<Moment> {
        let moment = self.settled[visit as usize];
        (moment.0 > 0).then_some(moment)
    }

    /// Days of a stay, head in and tail out: the date of discharge minus that of admission.
    pub fn nights(&self, visit: u32) -> i32 {
        let visit = visit as usize;
        self.end[visit].day().0 - self.begin[visit].day().0
    }

    /// Whether a chronic disease is named.
    pub fn disease(&self, visit: u32) -> Option<u32> {
        let disease = self.disease.get(visit as usize).copied();
        disease.filter(|&number| number != NONE)
    }
}
