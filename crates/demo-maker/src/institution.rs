use terms::{AreaCode, Grade, InstitutionKind, Word};

use crate::names::{full_name, surname};
use crate::recipe::area_code;
use crate::{Random, Recipe};

/// An invented designated institution (定点医药机构).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// 医药机构编码: H or P, the county, five digits.
    pub code: String,
    /// 名称.
    pub name: String,
    /// 机构类别.
    pub kind: InstitutionKind,
    /// 医疗机构等级.
    pub grade: Grade,
    /// County or district in which it lies; outside the area for two of them.
    pub county: AreaCode,
    /// Marks that rules may ask about: `municipal` (市级), `county_level` (县级), `provincial`
    /// (省级), `tcm` (中医), `maternity_child` (妇幼), `two_channel` (双通道).
    pub marks: Vec<Word>,
    /// What it signs its calls with.
    pub keys: Keys,
    /// 科室; none in pharmacies.
    pub departments: Vec<Department>,
    /// 医师 or, in pharmacies, 药师.
    pub doctors: Vec<Doctor>,
}

/// The secrets of an institution, invented (接口密钥).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
    /// Account at the platform gateway.
    pub gateway_account: String,
    /// Its secret.
    pub token: String,
}

/// A department (科室).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its code.
    pub code: String,
    /// Its 中文 name.
    pub name: String,
}

/// A doctor or pharmacist (医师、药师).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doctor {
    /// National-shaped code.
    pub code: String,
    /// Name, invented.
    pub name: String,
    /// Position in [`Institution::departments`]; 0 in pharmacies.
    pub department: usize,
}

/// One row of the plan: what stands in the town or in each county.
struct Plan {
    name: &'static str,
    kind: InstitutionKind,
    grade: Grade,
    marks: &'static [&'static str],
    count: u32,
}

const fn plan(
    name: &'static str,
    kind: InstitutionKind,
    grade: Grade,
    marks: &'static [&'static str],
    count: u32,
) -> Plan {
    Plan {
        name,
        kind,
        grade,
        marks,
        count,
    }
}

use Grade::{Community, Primary, Secondary, Tertiary, Ungraded, Village};
use InstitutionKind as Kind;

/// In the town itself, in the first county.
const TOWN: &[Plan] = &[
    plan("示范中心医院", Kind::Hospital, Tertiary, &["municipal"], 1),
    plan(
        "示范中医医院",
        Kind::Hospital,
        Tertiary,
        &["municipal", "tcm"],
        1,
    ),
    plan(
        "示范妇幼保健院",
        Kind::Hospital,
        Tertiary,
        &["municipal", "maternity_child"],
        1,
    ),
    plan(
        "示范互联网医院",
        Kind::InternetHospital,
        Secondary,
        &["municipal"],
        1,
    ),
    plan("示范护理院", Kind::CareHome, Primary, &[], 1),
];

/// In every county. With three counties the area has fifty institutions.
const COUNTY: &[Plan] = &[
    plan(
        "示范人民医院",
        Kind::Hospital,
        Secondary,
        &["county_level"],
        1,
    ),
    plan(
        "示范中医医院",
        Kind::Hospital,
        Secondary,
        &["county_level", "tcm"],
        1,
    ),
    plan("示范康复医院", Kind::Hospital, Primary, &[], 1),
    plan("社区卫生服务中心", Kind::Community, Community, &[], 2),
    plan("镇卫生院", Kind::Community, Community, &[], 1),
    plan("村卫生室", Kind::Village, Village, &[], 3),
    plan("双通道药房", Kind::Pharmacy, Ungraded, &["two_channel"], 1),
    plan("大药房", Kind::Pharmacy, Ungraded, &[], 5),
];

const PLACES: [&str; 12] = [
    "东风", "南湖", "西山", "北关", "清河", "白云", "青石", "柳林", "金桥", "长岗", "桃园", "新集",
];
const WARDS: [&str; 9] = [
    "内科",
    "外科",
    "妇产科",
    "儿科",
    "急诊医学科",
    "中医科",
    "肿瘤科",
    "眼科",
    "康复医学科",
];

/// The institutions of the area, then one in another city and one in another province.
pub(crate) fn institutions(recipe: &Recipe) -> Vec<Institution> {
    let mut random = Random::named(recipe.seed, "institutions");
    let mut made = Vec::new();
    let town = &recipe.counties[0];
    for plan in TOWN {
        let name = format!("{}{}", recipe.short_name(), plan.name);
        made.push(institution(plan, town.code, name, made.len(), &mut random));
    }
    for (order, county) in recipe.counties.iter().enumerate() {
        for plan in COUNTY {
            for index in 0..plan.count {
                let place = PLACES[(order * 4 + index as usize * 5 + plan.name.len()) % 12];
                let name = if is_county_seat(plan) {
                    format!("{}{}", county.name, plan.name)
                } else {
                    format!("{}{place}{}", county.name, plan.name)
                };
                made.push(institution(
                    plan,
                    county.code,
                    name,
                    made.len(),
                    &mut random,
                ));
            }
        }
    }
    for (county, name) in elsewhere(recipe) {
        let away = plan(name, Kind::Hospital, Tertiary, &["provincial"], 1);
        made.push(institution(
            &away,
            county,
            name.to_owned(),
            made.len(),
            &mut random,
        ));
    }
    made
}

fn is_county_seat(plan: &Plan) -> bool {
    plan.count == 1 && plan.kind == Kind::Hospital
}

/// The seat of the province, and an area that does not exist in another one.
pub(crate) fn elsewhere(recipe: &Recipe) -> [(AreaCode, &'static str); 2] {
    let province = recipe.area.province().get();
    let seat = area_code(&(province + 100).to_string());
    let seat = if seat == recipe.area {
        area_code(&(province + 900).to_string())
    } else {
        seat
    };
    let abroad = if province == 990_000 {
        "980100"
    } else {
        "990100"
    };
    [(seat, "省城示范医院"), (area_code(abroad), "外省示范医院")]
}

fn institution(
    plan: &Plan,
    county: AreaCode,
    name: String,
    index: usize,
    random: &mut Random,
) -> Institution {
    let letter = if plan.kind == Kind::Pharmacy {
        'P'
    } else {
        'H'
    };
    let wards = match plan.kind {
        Kind::Pharmacy => 0,
        Kind::Village => 1,
        Kind::Hospital => WARDS.len(),
        _ => 4,
    };
    let department = |(n, name): (usize, &&str)| Department {
        code: format!("A{:02}", n + 1),
        name: (*name).into(),
    };
    let code = format!("{letter}{county}{:05}", index + 1);
    Institution {
        doctors: (0..wards.max(1))
            .map(|ward| doctor(&code, ward, random))
            .collect(),
        departments: WARDS
            .iter()
            .take(wards)
            .enumerate()
            .map(department)
            .collect(),
        kind: plan.kind,
        grade: plan.grade,
        county,
        marks: plan.marks.iter().map(|mark| Word::new(mark)).collect(),
        keys: keys(random),
        code,
        name,
    }
}

fn doctor(institution: &str, ward: usize, random: &mut Random) -> Doctor {
    let sex = if random.chance(500) {
        terms::Sex::Male
    } else {
        terms::Sex::Female
    };
    let surname = surname(random);
    let letter = if institution.starts_with('P') {
        'Y'
    } else {
        'D'
    };
    Doctor {
        code: format!("{letter}{}{:02}", &institution[1..], ward + 1),
        name: full_name(random, surname, sex),
        department: ward,
    }
}

fn keys(random: &mut Random) -> Keys {
    Keys {
        access_key: format!("DEMO{:016X}", random.word()),
        secret_key: format!("{:016x}{:016x}", random.word(), random.word()),
        gateway_account: format!("demo_{:08x}", random.word() >> 32),
        token: format!("{:016x}{:016x}", random.word(), random.word()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_area_of_three_counties_has_fifty_institutions_and_two_elsewhere() {
        let recipe = Recipe::suizhou();
        let all = institutions(&recipe);
        let (inside, outside): (Vec<_>, Vec<_>) =
            all.iter().partition(|one| one.county.city() == recipe.area);
        assert_eq!((inside.len(), outside.len()), (50, 2));
        let codes: BTreeSet<&str> = all.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes.len(), all.len());
        assert!(codes.iter().all(|code| code.len() == 12));
        let names: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), all.len());
    }

    #[test]
    fn doctors_work_in_departments_that_exist() {
        for one in institutions(&Recipe::fictional()) {
            let departments = one.departments.len().max(1);
            assert!(
                one.doctors
                    .iter()
                    .all(|doctor| doctor.department < departments)
            );
        }
    }
}
