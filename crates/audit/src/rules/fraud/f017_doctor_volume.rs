use lines::{Data, Day, Moment, NONE, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Sheet, Strength,
    Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F017",
    name: "医师日服务量异常",
    english: "Doctor volume impossible",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F017.n",
            default: "150",
            meaning: "一名医师一天最多的就诊次数",
        },
        Parameter {
            key: "F017.minutes",
            default: "30",
            meaning: "两处当面诊疗至少相隔的分钟数",
        },
        Parameter {
            key: "F017.metres",
            default: "5000",
            meaning: "两处相距超过多少米算两地",
        },
    ],
    finds: "一名医师一天服务的就诊次数超过可能；或几乎同时在两地机构当面诊疗（知道机构经纬度时）。",
    why: "冒用医师工号、虚构就诊。",
    clause: "欺诈线索指标；医师工作量",
    false_alarms: "集体接种、体检；多人共用一个工号；互联网诊疗和住院医嘱的时间不算当面诊疗。",
    says: "一天{0}次就诊{1}{2}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limits = Limits {
        visits: desk.whole("F017.n")?,
        seconds: desk.whole("F017.minutes")? * 60,
        metres: desk.whole("F017.metres")?,
    };
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let mut served = served(data);
        served.sort_unstable_by_key(|one| (one.doctor, one.day, one.visit));
        served.dedup_by_key(|one| (one.doctor, one.day, one.visit));
        for day in served.chunk_by_mut(|a, b| (a.doctor, a.day) == (b.doctor, b.day)) {
            limits.judge(data, day, sheet);
        }
    })))
}

/// A visit that a doctor served on a day.
struct Served {
    doctor: u32,
    day: Day,
    visit: u32,
    /// The earliest order, where it was given face to face.
    seen: Option<Moment>,
}

/// Each visit once per doctor and day and run of its lines.
fn served(data: &Data) -> Vec<Served> {
    let mut served: Vec<Served> = Vec::new();
    let stands = |visit: &u32| !data.visits.has(*visit, Visits::REVERSED);
    for visit in (0_u32..).take(data.visits.len()).filter(stands) {
        let face_to_face = data.visits.care[visit as usize].is_ambulatory()
            && !data.visits.has(visit, Visits::INTERNET);
        let begin = served.len();
        for row in data.lines_of(visit) {
            let (doctor, time) = (data.lines.doctor(row), data.lines.time[row as usize]);
            if doctor == NONE {
                continue;
            }
            let day = time.day();
            let seen = (face_to_face && !time.is_only_a_date()).then_some(time);
            let known = served[begin..]
                .iter_mut()
                .find(|one| (one.doctor, one.day) == (doctor, day));
            match known {
                Some(one) => one.seen = one.seen.into_iter().chain(seen).min(),
                None => served.push(Served {
                    doctor,
                    day,
                    visit,
                    seen,
                }),
            }
        }
    }
    served
}

struct Limits {
    visits: i64,
    seconds: i64,
    metres: i64,
}

impl Limits {
    fn judge(&self, data: &Data, day: &mut [Served], sheet: &mut Sheet) {
        let count = i64::try_from(day.len()).unwrap_or(i64::MAX);
        let (doctor, on) = (day[0].doctor, day[0].day);
        let elsewhere = self.elsewhere(data, day);
        if count <= self.visits && elsewhere.is_none() {
            return;
        }
        let (words, visit) = match elsewhere {
            Some(visit) => ("；同时在另一地看诊，见", Fact::Visit(visit)),
            None => ("，超过界限", Fact::None),
        };
        let facts = [Fact::Whole(count), Fact::Words(words), visit];
        sheet.add(Target::DoctorDay(doctor, on), Hit::new(Fen::ZERO, facts));
    }

    /// The first visit, in the order of time, that the doctor cannot have reached in time.
    fn elsewhere(&self, data: &Data, day: &mut [Served]) -> Option<u32> {
        let place =
            |one: &Served| data.providers.place[data.visits.provider[one.visit as usize] as usize];
        let id = |one: &Served| data.visits.ids.text(one.visit);
        day.sort_unstable_by(|a, b| a.seen.cmp(&b.seen).then_with(|| id(a).cmp(id(b))));
        let begin = day.partition_point(|one| one.seen.is_none());
        let seen = &day[begin..];
        let reached = |at: usize| {
            let (later, there) = (seen[at].seen?, place(&seen[at])?);
            let near = |one: &&Served| {
                one.seen
                    .is_some_and(|earlier| later.since(earlier) < self.seconds)
            };
            seen[..at].iter().rev().take_while(near).find_map(|one| {
                (kernels::metres_between(place(one)?, there) > self.metres).then_some(())
            })
        };
        (1..seen.len())
            .find(|&at| reached(at).is_some())
            .map(|at| seen[at].visit)
    }
}
