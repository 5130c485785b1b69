//! A small house to live in: the fictional area, three people, one hospital and one pharmacy.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use app::settlement::{Sale, Settle};
use app::visit::{Batch, Discharge, LineNote, NewLine, OpenVisit, VisitDetail, VisitKind};
use app::{
    App, Call, Clock, Error, Institution, InstitutionDetail, Keys, Law, Message, PersonDetail,
};
use jiff::civil::{Date, DateTime};
use money::{Fen, Price, Quantity};
use store::{CoverageRow, FamilyRow, IdentifierRow, OpeningAccount, PersonFile, PersonRow, Store};
use tempfile::TempDir;
use terms::{AreaCode, CareType, Cause, Grade, InstitutionKind, Scheme};

pub const ACTIVE: &str = "P-ACTIVE";
pub const SPONSOR: &str = "P-SPONSOR";
pub const CHILD: &str = "P-CHILD";
pub const HOSPITAL: &str = "H99010000001";
pub const PHARMACY: &str = "P99010000001";

/// A visit of a person, and its kind.
pub type Whose<'a> = (&'a str, &'a str, VisitKind);

pub struct House {
    pub app: Arc<App>,
    folder: TempDir,
}

pub fn area() -> AreaCode {
    "990100".parse().unwrap()
}

pub fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn url_in(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("house.db").display())
}

fn policy_folder() -> PathBuf {
    root().join("policy")
}

/// The root of the tree.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn law() -> Law {
    static READ: OnceLock<(policy::PolicyBook, lawbook::Catalogue)> = OnceLock::new();
    let root = root();
    let (book, catalogue) = READ.get_or_init(|| {
        let book = lawbook::load_policy(&root.join("policy")).unwrap();
        (
            book,
            lawbook::load_catalogue(&root.join("catalogues/example")).unwrap(),
        )
    });
    Law {
        methods: lawbook::load_methods(&policy_folder(), book).unwrap(),
        book: book.clone(),
        items: catalogue.items.clone(),
        diagnoses: HashMap::new(),
        schemes: Default::default(),
    }
}

impl House {
    pub async fn open() -> Self {
        Self::under(law()).await
    }

    /// A house whose institutions are paid by other methods than those that are shipped.
    pub async fn paying(methods: payment::MethodBook) -> Self {
        Self::under(Law { methods, ..law() }).await
    }

    /// A house whose doubts are handled by another rule than the shipped one.
    pub async fn handling_doubts(change: impl Fn(&mut policy::DoubtRule)) -> Self {
        let mut law = law();
        let mut versions: Vec<_> = law.book.areas.values_mut().collect();
        let schemes = versions
            .iter_mut()
            .flat_map(|area| area.schemes.values_mut());
        let topics = schemes.flat_map(|scheme| scheme.doubts.iter_mut());
        for version in topics.flat_map(|topic| topic.versions.iter_mut()) {
            version.value.iter_mut().for_each(&change);
        }
        Self::under(law).await
    }

    /// The same store opened by another program, say a command beside the service.
    pub async fn beside(&self) -> App {
        let store = Store::open(&url_in(&self.folder)).await.unwrap();
        let law = Arc::clone(&self.app.law);
        App::open(store, law, Clock::real(), area()).await.unwrap()
    }

    pub async fn under(law: Law) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&url_in(&folder)).await.unwrap();
        store.migrate().await.unwrap();
        let rows = [
            institution(HOSPITAL, InstitutionKind::Hospital, Grade::Tertiary),
            institution(PHARMACY, InstitutionKind::Pharmacy, Grade::Ungraded),
        ];
        store
            .put_institutions(&rows.map(|one| one.row()))
            .await
            .unwrap();
        let people = [
            person(ACTIVE, 1980, Scheme::Employee, Some(Fen::yuan(1_000))),
            person(SPONSOR, 1978, Scheme::Employee, Some(Fen::yuan(500))),
            child(),
        ];
        store
            .put_people(area(), &people, at("2024-01-01T00:00:00"))
            .await
            .unwrap();
        let app = App::open(store, Arc::new(law), Clock::real(), area())
            .await
            .unwrap();
        Self {
            app: Arc::new(app),
            folder,
        }
    }

    /// A request of an institution, with a message number of its own.
    pub fn call(&self, institution: &str, message: &str, when: &str) -> Call {
        Call {
            area: area(),
            institution: self.app.institution(institution).unwrap(),
            message: Some(Message {
                number: message.to_owned(),
                transaction: "test".to_owned(),
                body_hash: message.to_owned(),
            }),
            credential: None,
            operator: "tester".to_owned(),
            at: at(when),
            address: String::new(),
        }
    }

    /// Sells in-scope medicine of a price; answers the settlement's number and amounts.
    pub async fn sell(
        &self,
        person: &str,
        message: &str,
        when: &str,
        yuan: i64,
    ) -> Result<Bill, Error> {
        let call = self.call(PHARMACY, message, when);
        let sale = Sale {
            person_no: person.to_owned(),
            scheme: None,
            care: CareType::Pharmacy,
            at: call.at,
            diagnoses: Vec::new(),
            disease: None,
            expected_total: None,
            use_account: true,
            receipt: Default::default(),
            lines: vec![self.line("1", call.at, yuan)],
        };
        let reply = app::settlement::sell(&self.app, &call, &sale, told).await?;
        Ok(Bill::read(&reply))
    }

    /// A line of a class A drug that the catalogue of the example knows.
    pub fn line(&self, number: &str, charged_at: DateTime, yuan: i64) -> NewLine {
        let day = charged_at.date();
        let plain = |item: &&Arc<policy::CatalogueItem>| {
            let terms = item.terms_for(Scheme::Employee, Grade::Tertiary, day);
            item.kind == terms::ItemKind::Drug
                && item.groups.is_empty()
                && item.restrictions.is_empty()
                && terms.is_some_and(|t| t.class == terms::ItemClass::A && t.ceiling.is_none())
        };
        let mut known: Vec<_> = self.app.law.items.values().filter(plain).collect();
        known.sort_by(|a, b| a.code.cmp(&b.code));
        NewLine {
            number: number.to_owned(),
            charge_batch: "B1".to_owned(),
            item_code: known[0].code.to_string(),
            local_code: "LOCAL".to_owned(),
            charged_at,
            price: Price::from(Fen::yuan(yuan)),
            quantity: Quantity::ONE,
            amount: Fen::yuan(yuan),
            outside_indication: false,
            note: LineNote::default(),
        }
    }

    /// Opens a visit of the hospital.
    pub async fn visit(
        &self,
        person: &str,
        kind: VisitKind,
        care: CareType,
        message: &str,
        when: &str,
    ) -> Result<String, Error> {
        let call = self.call(HOSPITAL, message, when);
        let command = OpenVisit {
            person_no: person.to_owned(),
            scheme: None,
            kind,
            care,
            started_at: call.at,
            diagnoses: Vec::new(),
            detail: detail(),
        };
        let told = |row: &store::VisitRow| Ok(row.visit_id.clone().into_bytes());
        let reply = app::visit::open(&self.app, &call, &command, told).await?;
        Ok(String::from_utf8(reply).unwrap())
    }

    /// Uploads one line to a visit.
    pub async fn upload(
        &self,
        (person, visit, kind): Whose<'_>,
        message: &str,
        when: &str,
        yuan: i64,
    ) -> Result<(), Error> {
        let call = self.call(HOSPITAL, message, when);
        let batch = Batch {
            person_no: person.to_owned(),
            visit_id: visit.to_owned(),
            kind,
            lines: vec![self.line(message, call.at, yuan)],
        };
        app::visit::upload(&self.app, &call, &batch, |_, _| Ok(Vec::new())).await?;
        Ok(())
    }

    pub async fn settle(
        &self,
        person: &str,
        visit: &str,
        kind: VisitKind,
        message: &str,
        when: &str,
    ) -> Result<Bill, Error> {
        let call = self.call(HOSPITAL, message, when);
        let reply =
            app::settlement::settle(&self.app, &call, &command(person, visit, kind), told).await?;
        Ok(Bill::read(&reply))
    }

    /// A settled stay of one line: its visit and bill.
    pub async fn stay(&self, person: &str, from: &str, to: &str, yuan: i64) -> (String, Bill) {
        let kind = VisitKind::Stay;
        let [arrival, line, payment] = ["in", "line", "pay"].map(|step| format!("{from}-{step}"));
        let opened = self.visit(person, kind, CareType::Inpatient, &arrival, from);
        let visit = opened.await.unwrap();
        let whose = (person, visit.as_str(), kind);
        let charged = self.upload(whose, &line, from, yuan);
        charged.await.unwrap();
        let call = self.call(HOSPITAL, &format!("{from}-out"), to);
        let discharge = Discharge {
            person_no: person.to_owned(),
            visit_id: visit.clone(),
            ended_at: call.at,
            diagnoses: Vec::new(),
            way: "1".to_owned(),
        };
        let left = app::visit::discharge(&self.app, &call, &discharge, || Ok(Vec::new()));
        left.await.unwrap();
        let bill = self.settle(person, &visit, kind, &payment, to);
        let bill = bill.await.unwrap();
        (visit, bill)
    }

    pub async fn presettle(
        &self,
        person: &str,
        visit: &str,
        kind: VisitKind,
        when: &str,
    ) -> Result<Bill, Error> {
        let call = self.call(HOSPITAL, "not remembered", when);
        let reply =
            app::settlement::presettle(&self.app, &call, &command(person, visit, kind), told)
                .await?;
        Ok(Bill::read(&reply))
    }

    pub async fn balance(&self, person: &str) -> Fen {
        let context = self.context(person).await;
        context.accounts.iter().map(|row| row.balance).sum()
    }

    pub async fn context(&self, person: &str) -> store::Context {
        let query = store::ContextQuery {
            area: area(),
            person_no: person,
            counters_from: 2024,
            visit_id: None,
        };
        self.app.store.load_context(&query).await.unwrap().unwrap()
    }

    /// Everything recomputed must agree.
    pub async fn prove(&self) -> store::Verified {
        let ledger_of = app::settlement::ledger_of;
        self.app
            .store
            .verify(area(), &ledger_of, &|_| {})
            .await
            .unwrap()
            .unwrap()
    }
}

pub fn command(person: &str, visit: &str, kind: VisitKind) -> Settle {
    Settle {
        person_no: person.to_owned(),
        visit_id: visit.to_owned(),
        kind,
        care: None,
        disease: None,
        expected_total: None,
        charge_batch: None,
        use_account: true,
        interim: false,
        receipt: Default::default(),
    }
}

/// What the tests read out of a settled bill.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Bill {
    pub id: String,
    pub fund: Fen,
    pub account: Fen,
    pub cash: Fen,
}

impl Bill {
    pub fn read(reply: &[u8]) -> Self {
        serde_json::from_slice(reply).unwrap()
    }
}

pub fn told(settled: &app::settlement::Settled<'_>) -> Result<Vec<u8>, Error> {
    let outcome = &settled.outcome;
    let bill = Bill {
        id: settled.id.clone(),
        fund: outcome.fund_total(),
        account: outcome.account_total(),
        cash: outcome.cash,
    };
    Ok(serde_json::to_vec(&bill).unwrap())
}

pub fn detail() -> VisitDetail {
    VisitDetail {
        cause: Cause::Illness,
        cause_told: false,
        receipt: Default::default(),
        disease: None,
        marks: Vec::new(),
        local_number: "M1".to_owned(),
        department: Default::default(),
        doctor: Default::default(),
        bed: Default::default(),
        discharge_way: String::new(),
        operator: "tester".to_owned(),
        note: String::new(),
    }
}

pub fn institution(code: &str, kind: InstitutionKind, grade: Grade) -> Institution {
    Institution {
        code: code.to_owned(),
        name: "示例机构".to_owned(),
        area: area(),
        county: "990102".parse().unwrap(),
        kind,
        grade,
        detail: InstitutionDetail::default(),
        keys: Keys::default(),
    }
}

fn person(number: &str, born: i16, scheme: Scheme, account: Option<Fen>) -> PersonFile {
    let county: AreaCode = "990102".parse().unwrap();
    let category = if scheme == Scheme::Employee {
        "active"
    } else {
        "child"
    };
    let mut file = PersonFile::new(PersonRow {
        person_no: number.to_owned(),
        name: format!("示例{number}"),
        sex: "female".to_owned(),
        birth: Date::new(born, 6, 1).unwrap(),
        death: None,
        county,
        marks: serde_json::to_string(&PersonDetail::default()).unwrap(),
        detail: "{}".to_owned(),
    });
    file.identifiers.push(IdentifierRow {
        kind: "document".to_owned(),
        value: format!("ID-{number}"),
    });
    file.coverage.push(CoverageRow {
        scheme: scheme.word().to_owned(),
        starts_on: Date::new(2020, 1, 1).unwrap(),
        ends_on: None,
        category: category.to_owned(),
        state: "active".to_owned(),
        reason: String::new(),
        county,
        employer: "示例单位".to_owned(),
    });
    if let Some(balance) = account {
        file.accounts.push(OpeningAccount {
            kind: "historic".to_owned(),
            balance,
        });
    }
    file
}

fn child() -> PersonFile {
    let mut child = person(CHILD, 2015, Scheme::Resident, None);
    child.family.push(FamilyRow {
        sponsor: SPONSOR.to_owned(),
        relation: "子女".to_owned(),
        starts_on: Date::new(2024, 1, 1).unwrap(),
        ends_on: None,
        purposes: "[]".to_owned(),
        limit: None,
    });
    child
}

impl House {
    /// The people of the first rows of a file, as its import enters them.
    pub fn first_rows(&self, import: &store::ImportRow, documents: &[String]) -> Vec<PersonFile> {
        (0..)
            .zip(documents)
            .map(|(place, document)| {
                let number = format!("{}{:010}", area(), import.first_number + place);
                let mut file = person(&number, 1990, Scheme::Employee, None);
                file.identifiers = vec![IdentifierRow {
                    kind: "document".to_owned(),
                    value: document.clone(),
                }];
                file
            })
            .collect()
    }
}
