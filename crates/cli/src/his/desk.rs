use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use app::Clock;
use demo_maker::{Institution, Operator, Person};
use hyper::body::Bytes;
use terms::{AreaCode, Category, DateTime, Scheme};
use wire::client::{Answer, CALL_SERVICE, Message, Numbers, Patient, Sender};

use super::{Line, Record};

/// What all desks of a run share (环境).
#[derive(Debug)]
pub struct Setting {
    /// Where the centre is, such as `http://127.0.0.1:8080`.
    pub target: String,
    /// The insured place of everybody treated.
    pub area: AreaCode,
    /// The business clock of the institutions.
    pub clock: Clock,
    /// Where message numbers come from.
    pub numbers: Numbers,
    /// How many days a pack of a drug is said to last; 0 says nothing (周期天数).
    pub days_per_pack: u32,
}

/// One operator of one institution, with a connection (窗口).
#[derive(Debug)]
pub struct Desk {
    pub(super) setting: Arc<Setting>,
    pub(super) place: Arc<Institution>,
    operator: Arc<Operator>,
    line: Line,
    /// Sign-in number of the day, or empty.
    pub sign_in: String,
    /// What happened here.
    pub record: Record,
}

/// Why a bill did not go through.
#[derive(Debug)]
pub enum Trouble {
    /// The centre said no, and why.
    Refused(String),
    /// No answer, or none that can be read.
    Silent(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "不予办理：{why}"),
            Self::Silent(what) => f.write_str(what),
        }
    }
}

impl Desk {
    /// A desk of an institution.
    ///
    /// # Errors
    /// When the target is no HTTP address.
    pub fn of(
        setting: &Arc<Setting>,
        place: &Arc<Institution>,
        operator: &Arc<Operator>,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            line: Line::to(&setting.target, &place.keys.token)?,
            setting: Arc::clone(setting),
            place: Arc::clone(place),
            operator: Arc::clone(operator),
            sign_in: String::new(),
            record: Record::default(),
        })
    }

    /// Business time.
    pub fn now(&self) -> DateTime {
        self.setting.clock.now()
    }

    /// Who speaks.
    pub fn sender(&self) -> Sender<'_> {
        Sender {
            institution: &self.place.code,
            name: &self.place.name,
            area: self.place.county.city(),
            operator: &self.operator.code,
            operator_name: &self.operator.name,
            sign_in: &self.sign_in,
            numbers: &self.setting.numbers,
        }
    }

    /// A number of the institution's own, for visits, batches and lines.
    pub(super) fn own_number(&self) -> String {
        self.setting.numbers.next("", self.now())
    }

    /// Sends a message and reads the answer; a refusal is trouble too.
    ///
    /// # Errors
    /// [`Trouble`], which is also noted in the record.
    pub async fn send(&mut self, message: &Message) -> Result<Answer, Trouble> {
        let begun = Instant::now();
        let body = Bytes::copy_from_slice(&message.body);
        let answered = self.line.post(CALL_SERVICE, body).await;
        self.record.took(begun.elapsed());
        let read = match answered {
            Ok(bytes) => Answer::read(&bytes).map_err(|cause| cause.to_string()),
            Err(cause) => Err(cause.to_string()),
        };
        match read {
            Ok(answer) if answer.accepted => {
                self.record.check(answer.amounts.as_ref());
                Ok(answer)
            }
            Ok(answer) => {
                self.record.refused(&answer.message);
                Err(Trouble::Refused(answer.message))
            }
            Err(what) => {
                self.record.silent(what.clone());
                Err(Trouble::Silent(what))
            }
        }
    }

    /// The person as this desk knows them: by number, name, proof and current cover.
    pub(super) fn patient<'p>(&self, person: &'p Person) -> Patient<'p> {
        let cover = person.cover();
        Patient {
            number: &person.number,
            name: &person.name,
            id_number: &person.id_number,
            scheme: cover.map_or(Scheme::Resident, |cover| cover.scheme),
            category: cover.map_or(Category::Adult, |cover| cover.category),
            area: self.setting.area,
        }
    }
}
