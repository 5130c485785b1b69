//! An invented month in files of three kinds, with troubles of every kind a file may have.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

const PEOPLE: u32 = 2_000;
const VISITS: u32 = 6_000;
const LINES: u32 = 12_000;

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % count
    }
}

/// Writes the month; `folder/data` and `folder/knowledge`.
pub fn write(folder: &Path) {
    let (data, knowledge) = (folder.join("data"), folder.join("knowledge"));
    fs::create_dir_all(&data).unwrap();
    fs::create_dir_all(&knowledge).unwrap();
    write_people(&data);
    write_visits(&data);
    write_lines(&data);
    write_scans(&data);
    write_knowledge(&knowledge);
}

fn write_people(data: &Path) {
    let mut text = "person,sex,birth,phone,household\n".to_owned();
    for number in 0..PEOPLE {
        let (sex, year) = (number % 2 + 1, 1930 + number % 90);
        // Some numbers are shared by many households.
        let shared = number % 10 == 0;
        let phone = if shared {
            number % 100
        } else {
            10_000 + number
        };
        writeln!(text, "P{number},{sex},{year}-05-06,139{phone:08},F{number}").unwrap();
    }
    fs::write(data.join("people.csv"), text).unwrap();
    let mut text = "provider,kind,level,beds\n".to_owned();
    for number in 0..10 {
        writeln!(
            text,
            "H{number},{},{},{}",
            number / 8 + 1,
            number % 3 + 1,
            3 + number
        )
        .unwrap();
    }
    fs::write(data.join("providers.csv"), text).unwrap();
}

/// Care type, day of begin and day of end of a visit.
fn span(visit: u32) -> (u32, u32, u32) {
    let begin = 1 + visit * 7 % 24;
    match visit % 5 {
        0 => (21, begin, begin + visit % 4),
        1 => (41, begin, begin),
        _ => (11, begin, begin),
    }
}

fn write_visits(data: &Path) {
    let mut dice = Dice(1);
    let head = "visit,person,provider,care,begin,end,diagnoses,department,settled,terminal,\
                insurance,no_third_party";
    let mut text = format!("{head}\n");
    for visit in 0..VISITS {
        let (care, begin, end) = span(visit);
        let (person, provider) = (dice.below(PEOPLE), dice.below(10));
        let (from, to) = (format!("2025-03-{begin:02}"), format!("2025-03-{end:02}"));
        let department = ["内科", "外科", "康复科"][visit as usize % 3];
        let minute = visit % 60;
        // Injuries, and one inquiry in the whole month.
        let diagnosis = if visit % 11 == 0 { "S72.0" } else { "J18.9" };
        let asked = u32::from(visit == 11);
        writeln!(
            text,
            "V{visit},P{person},H{provider},{care},{from} 08:{minute:02}:00,{to} 18:00:00,\
             {diagnosis},{department},{to} 18:{minute:02}:00,Z{provider},310,{asked}"
        )
        .unwrap();
    }
    // The same visit once more, and one that cannot be read.
    text.push_str("V7,P1,H1,11,2025-03-03 08:00:00,2025-03-03 09:00:00,,,,,310,0\n");
    text.push_str("V9999999,P1,H1,11,yesterday,,,,,,310,0\n");
    fs::write(data.join("visits.csv"), text).unwrap();
}

/// One line as the files hold it.
struct Line {
    id: u32,
    visit: String,
    time: String,
    item: u32,
    count: i32,
}

fn lines(seed: u64, begin: u32) -> Vec<Line> {
    let mut dice = Dice(seed);
    let line = |id: u32| {
        let visit = dice.below(VISITS);
        let (_, from, to) = span(visit);
        let late = if id.is_multiple_of(997) { 3 } else { 0 };
        let day = from + dice.below(to - from + 1) + late;
        // Every 1500th line names a visit that no file has; every 90th takes another back.
        let visit = if id.is_multiple_of(1500) {
            VISITS + visit
        } else {
            visit
        };
        Line {
            id,
            visit: format!("V{visit}"),
            time: format!(
                "2025-03-{day:02} {:02}:{:02}:00",
                9 + dice.below(8),
                id % 60
            ),
            item: dice.below(12),
            count: if id.is_multiple_of(90) {
                -1
            } else {
                1 + i32::try_from(dice.below(3)).unwrap()
            },
        }
    };
    (begin..begin + LINES).map(line).collect()
}

fn write_lines(data: &Path) {
    let head = "line,visit,time,item,item_name,kind,count,price,amount,in_scope,department,doctor";
    let mut text = format!("{head}\n");
    for line in lines(2, 1) {
        let (kind, amount) = (if line.item < 6 { 101 } else { 201 }, line.count * 10);
        writeln!(
            text,
            "{},{},{},I{},项目{},{kind},{},10,{amount},{amount},内科,D{}",
            line.id,
            line.visit,
            line.time,
            line.item,
            line.item,
            line.count,
            line.id % 9
        )
        .unwrap();
    }
    // Ids that are texts, an amount that is none, and ids that stand elsewhere too.
    text.push_str("A-17,V3,2025-03-22 10:00:00,I1,项目1,101,5,10,50,50,内科,D1\n");
    text.push_str("007,V4,2025-03-05 10:00:00,I1,别名,101,5,10,50,50,内科,D1\n");
    text.push_str("900001,V4,2025-03-05 10:00:00,I1,项目1,101,5,10,many,50,内科,D1\n");
    text.push_str("5,V4001,2025-03-05 10:00:00,I1,项目1,101,5,10,50,50,内科,D1\n");
    text.push_str("5,V4001,2025-03-05 10:00:00,I1,项目1,101,5,10,50,50,内科,D1\n");
    fs::write(data.join("lines-2025-01.csv"), text).unwrap();
    write_chinese(data);
    write_parquet(data);
}

/// In the other encoding of the field, and without what is in scope.
fn write_chinese(data: &Path) {
    let mut bytes = b"line,visit,time,item,item_name,count,amount\n".to_vec();
    for line in lines(3, 20_001) {
        // 药 in GB18030.
        let head = format!("{},{},{},I{},", line.id, line.visit, line.time, line.item);
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&[0xd2, 0xa9]);
        bytes.extend_from_slice(
            format!("{},{},{}\n", line.item, line.count, line.count * 12).as_bytes(),
        );
    }
    fs::write(data.join("lines-2025-02.csv"), bytes).unwrap();
}

/// In row groups, ids as numbers and amounts as binary fractions; ids of the first file again.
fn write_parquet(data: &Path) {
    let mut rows = lines(4, 40_001);
    for (row, id) in rows.iter_mut().step_by(500).zip(100..) {
        row.id = id;
    }
    let texts = |text: fn(&Line) -> String| -> ArrayRef {
        Arc::new(
            rows.iter()
                .map(|row| Some(text(row)))
                .collect::<StringArray>(),
        )
    };
    let columns: [(&str, ArrayRef); 6] = [
        (
            "bkkp_sn",
            Arc::new(
                rows.iter()
                    .map(|row| i64::from(row.id))
                    .collect::<Int64Array>(),
            ),
        ),
        ("mdtrt_id", texts(|row| row.visit.clone())),
        ("fee_ocur_time", texts(|row| row.time.clone())),
        ("med_list_codg", texts(|row| format!("I{}", row.item))),
        (
            "cnt",
            Arc::new(
                rows.iter()
                    .map(|row| i64::from(row.count))
                    .collect::<Int64Array>(),
            ),
        ),
        (
            "det_item_fee_sumamt",
            Arc::new(
                rows.iter()
                    .map(|row| f64::from(row.count) * 10.1)
                    .collect::<Float64Array>(),
            ),
        ),
    ];
    save(
        &data.join("lines-2025-03.parquet"),
        &RecordBatch::try_from_iter(columns).unwrap(),
    );
}

fn save(path: &Path, batch: &RecordBatch) {
    let groups = WriterProperties::builder().set_max_row_group_row_count(Some(5_000));
    let file = File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(groups.build())).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

/// Boxes of which a few are sold twice, by people of different shares.
fn write_scans(data: &Path) {
    let mut text = "line,trace_code,event\n".to_owned();
    for line in (1..LINES).step_by(7) {
        let code = if line % 35 == 1 { line % 700 } else { line };
        writeln!(text, "{line},8{code:019},sale").unwrap();
    }
    fs::write(data.join("trace_events.csv"), text).unwrap();
}

fn write_knowledge(knowledge: &Path) {
    let tables = [
        ("k_drug_sex", "item,item_name,sex\nI1,项目1,1\nI2,项目2,2\n"),
        ("k_item_daily_cap", "item,cap,unit\nI3,1,times_per_day\n"),
        (
            "k_item_includes",
            "main,part,window\nI4,I5,day\nI6,I7,visit\n",
        ),
        ("k_item_cycle_cap", "item,max_times,window_days\nI8,1,7\n"),
        ("k_drug_level", "item,min_level\nI0,2\n"),
    ];
    for (name, text) in tables {
        fs::write(knowledge.join(format!("{name}.csv")), text).unwrap();
    }
}

/// A file of lines that can be opened but lacks the items.
pub fn write_without_items(data: &Path) {
    fs::create_dir_all(data).unwrap();
    let texts = |text: &str| -> ArrayRef { Arc::new(StringArray::from(vec![text])) };
    let columns = ["line", "visit", "time", "count", "amount"].map(|name| (name, texts("1")));
    save(
        &data.join("lines.parquet"),
        &RecordBatch::try_from_iter(columns).unwrap(),
    );
}
