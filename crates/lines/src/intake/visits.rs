use super::Intake;
use crate::{Care, Day, Level, Moment, NONE, Row, Sex, Table, Visits};

/// One visit as texts and moments (一次就诊).
#[derive(Debug, Clone, Copy, Default)]
pub struct VisitRow<'r> {
    /// Visit number.
    pub id: &'r str,
    /// Person number.
    pub person: &'r str,
    /// Institution code.
    pub provider: &'r str,
    /// Care type.
    pub care: Care,
    /// Begin, admission.
    pub begin: Moment,
    /// End, discharge.
    pub end: Moment,
    /// Settlement; zero when unknown.
    pub settled: Moment,
    /// Codes joined by bars, the main one first; `None` when the file has no such column.
    pub diagnoses: Option<&'r str>,
    /// Names joined by bars.
    pub diagnosis_names: &'r str,
    /// Admitting department.
    pub department: &'r str,
    /// Terminal.
    pub terminal: &'r str,
    /// Chronic disease.
    pub disease: &'r str,
    /// Invoice.
    pub invoice: &'r str,
    /// Settlement number.
    pub settlement: &'r str,
    /// Level of the provider.
    pub level: Level,
    /// See the constants of [`Visits`].
    pub flags: u8,
    /// Insurance code.
    pub insurance: u16,
    /// Sex of the person, when the file of visits says it.
    pub sex: Sex,
    /// Birth of the person, when the file of visits says it.
    pub birth: Option<Day>,
}

impl Visits {
    pub(crate) fn reserve(&mut self, more: usize) {
        self.ids.reserve(more);
        for column in [
            &mut self.person,
            &mut self.provider,
            &mut self.department,
            &mut self.terminal,
            &mut self.disease,
            &mut self.invoice,
            &mut self.settlement,
        ] {
            column.reserve(more);
        }
        for column in [&mut self.begin, &mut self.end, &mut self.settled] {
            column.reserve(more);
        }
        self.care.reserve(more);
        self.level.reserve(more);
        self.flags.reserve(more);
        self.insurance.reserve(more);
    }

    pub(crate) fn push_unknown(&mut self) {
        self.person.push(NONE);
        self.provider.push(NONE);
        self.care.push(Care::default());
        self.begin.push(Moment::default());
        self.end.push(Moment::default());
        self.settled.push(Moment::default());
        self.department.push(NONE);
        self.terminal.push(NONE);
        self.disease.push(NONE);
        self.invoice.push(NONE);
        self.settlement.push(NONE);
        self.level.push(Level::default());
        self.flags.push(0);
        self.insurance.push(0);
    }
}

impl Intake {
    /// Says which marks the source keeps of its visits, so that none of a batch having one says
    /// something (来源记录的标记).
    pub fn keeps(&mut self, marks: u8) {
        self.data.visits.kept |= marks;
    }

    /// Takes one visit.
    pub fn visit(&mut self, row: &VisitRow<'_>) {
        let provider = self.provider_number(row.provider);
        let person = self.person_number(row.person);
        let codes = row.diagnoses.unwrap_or_default();
        let diagnoses = self.diagnosis_numbers(codes, row.diagnosis_names);
        self.visit_known(row, (person, provider), &diagnoses);
    }

    /// The number of a person, for [`Self::visit_known`].
    pub fn person_number(&mut self, id: &str) -> u32 {
        self.data.people.number(id)
    }

    /// The number of a provider, for [`Self::visit_known`].
    pub fn provider_number(&mut self, id: &str) -> u32 {
        self.data.providers.number(id)
    }

    /// The numbers of the diagnoses of a visit, codes and names joined by bars, for
    /// [`Self::visit_known`].
    pub fn diagnosis_numbers(&mut self, codes: &str, names: &str) -> Vec<u32> {
        let mut names = names.split('|').map(str::trim);
        let mut text = compact_str::CompactString::default();
        let mut numbers = Vec::new();
        for code in codes.split('|').map(str::trim) {
            let name = names.next().unwrap_or_default();
            if code.is_empty() && name.is_empty() {
                continue;
            }
            text.clear();
            text.push_str(code);
            text.push('\t');
            text.push_str(name);
            numbers.push(self.data.visits.diagnoses.number(&text));
        }
        numbers
    }

    /// Takes one visit whose person, provider and diagnoses have their numbers: a reader of
    /// dictionaries asks for each but once. The texts of these in the row do not count.
    pub fn visit_known(
        &mut self,
        row: &VisitRow<'_>,
        (person, provider): (u32, u32),
        diagnoses: &[u32],
    ) {
        let number = self.visit_number(row.id, NONE);
        let at = number as usize;
        if std::mem::replace(&mut self.known_visits[at], true) {
            return self.note("就诊号重复", row.id);
        }
        if row.sex != Sex::Unknown {
            self.data.people.sex[person as usize] = row.sex;
        }
        if row.birth.is_some() {
            self.data.people.birth[person as usize] = row.birth;
        }
        let diagnoses = diagnoses.iter().map(|&diagnosis| (number, diagnosis));
        self.visit_diagnoses.extend(diagnoses);
        let visits = &mut self.data.visits;
        visits.person[at] = person;
        visits.provider[at] = provider;
        visits.care[at] = row.care;
        (visits.begin[at], visits.end[at]) = (row.begin, row.end);
        visits.settled[at] = row.settled;
        visits.department[at] = self.data.departments.number_or_none(row.department);
        visits.terminal[at] = visits.terminals.number_or_none(row.terminal);
        visits.disease[at] = self.data.keys.number_or_none(row.disease);
        visits.invoice[at] = visits.invoices.number_or_none(row.invoice);
        visits.settlement[at] = visits.settlements.number_or_none(row.settlement);
        visits.level[at] = row.level;
        let diagnosed = if row.diagnoses.is_some() {
            Visits::DIAGNOSED
        } else {
            0
        };
        visits.flags[at] = row.flags | diagnosed;
        visits.insurance[at] = row.insurance;
    }

    pub(super) fn take_visits(&mut self, table: &Table) {
        let diagnosed = table.has("diagnoses");
        for row in table.rows() {
            match read(row, diagnosed) {
                Ok(visit) => self.visit(&visit),
                Err(problem) => self.note(problem, row.text("visit")),
            }
        }
    }
}

fn read(row: Row<'_>, diagnosed: bool) -> Result<VisitRow<'_>, &'static str> {
    let begin = Moment::parse(row.text("begin")).ok_or("就诊开始时间缺失或不可读")?;
    let end = match row.given("end") {
        Some(text) => Moment::parse(text).ok_or("就诊结束时间不可读")?,
        None => Moment::default(),
    };
    Ok(VisitRow {
        id: row.given("visit").ok_or("就诊缺就诊号")?,
        person: row.given("person").ok_or("就诊缺人员编号")?,
        provider: row.given("provider").ok_or("就诊缺机构编号")?,
        care: Care::parse(row.text("care")),
        begin,
        end,
        settled: Moment::parse(row.text("settled")).unwrap_or_default(),
        diagnoses: diagnosed.then(|| row.text("diagnoses")),
        diagnosis_names: row.text("diagnosis_names"),
        department: row.text("department"),
        terminal: row.text("terminal"),
        disease: row.text("disease"),
        invoice: row.text("invoice"),
        settlement: row.text("settlement"),
        level: Level::parse(row.text("level")),
        flags: flags(row),
        insurance: row
            .whole("insurance")
            .and_then(|code| u16::try_from(code).ok())
            .unwrap_or(0),
        sex: Sex::parse(row.text("sex")),
        birth: row.day("birth"),
    })
}

fn flags(row: Row<'_>) -> u8 {
    let mark = |column: &str, wanted: &str, flag: u8| {
        if row.text(column) == wanted { flag } else { 0 }
    };
    mark("reversed", "1", Visits::REVERSED)
        | mark("mode", "internet", Visits::INTERNET)
        | mark("critical", "1", Visits::CRITICAL)
        | mark("no_third_party", "1", Visits::NO_THIRD_PARTY)
        | mark("third_party", "0", Visits::NO_THIRD_PARTY)
        | mark("died_or_moved", "1", Visits::DIED_OR_MOVED)
        | mark("discharge_way", "2", Visits::DIED_OR_MOVED)
        | mark("discharge_way", "5", Visits::DIED_OR_MOVED)
        | mark("long_prescription", "1", Visits::LONG_PRESCRIPTION)
        | mark("unfunded", "1", Visits::UNFUNDED)
}
