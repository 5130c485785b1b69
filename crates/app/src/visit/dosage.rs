//! 单次剂量与使用频次：机构写的文字读成克和每日次数，读不懂的不猜。

/// Milligrams of a dose as an institution writes it: a number with g, mg or the Chinese words;
/// nothing for drops, tablets and whatever else cannot be weighed (单次剂量).
///
/// ```
/// use app::visit::milligrams;
/// assert_eq!(milligrams("0.5g"), Some(500));
/// assert_eq!(milligrams("15 克"), Some(15_000));
/// assert_eq!(milligrams("250mg"), Some(250));
/// assert_eq!(milligrams("2片"), None);
/// ```
pub fn milligrams(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(at);
    let places = match unit.trim() {
        "g" | "克" => 3,
        "mg" | "毫克" => 0,
        _ => return None,
    };
    let weight = money::parse_decimal(number, places).ok()?;
    (weight > 0).then_some(weight)
}

/// Times a day, in twelfths so that every other day is whole, as prescriptions write them in Latin
/// or Chinese; nothing where the words are others (使用频次).
///
/// ```
/// use app::visit::twelfths_a_day;
/// assert_eq!(twelfths_a_day("tid"), Some(36));
/// assert_eq!(twelfths_a_day("每日2次"), Some(24));
/// assert_eq!(twelfths_a_day("一日三次"), Some(36));
/// assert_eq!(twelfths_a_day("q8h"), Some(36));
/// assert_eq!(twelfths_a_day("隔日一次"), Some(6));
/// assert_eq!(twelfths_a_day("必要时"), None);
/// ```
pub fn twelfths_a_day(text: &str) -> Option<i64> {
    let text: String = text.trim().to_lowercase().replace(['.', ' '], "");
    match text.as_str() {
        "qd" | "qn" | "qm" | "st" => return Some(12),
        "bid" => return Some(24),
        "tid" => return Some(36),
        "qid" => return Some(48),
        "qod" => return Some(6),
        _ => {}
    }
    let hours = text
        .strip_prefix('q')
        .and_then(|rest| rest.strip_suffix('h'));
    if let Some(hours) = hours.and_then(|hours| hours.parse::<i64>().ok()) {
        return (hours > 0 && 288 % hours == 0).then(|| 288 / hours);
    }
    let days = [
        ("隔日", 6),
        ("每日", 12),
        ("每天", 12),
        ("一日", 12),
        ("一天", 12),
        ("每晚", 12),
    ];
    let (rest, unit) = days
        .iter()
        .find_map(|(words, unit)| Some((text.strip_prefix(words)?, *unit)))?;
    let times = rest.strip_suffix('次')?;
    let place = ["一", "二", "三", "四", "五", "六"]
        .iter()
        .position(|word| *word == times);
    let times = match (times, place) {
        ("两", _) => 2,
        (_, Some(place)) => i64::try_from(place).ok()? + 1,
        _ => times.parse().ok()?,
    };
    (1..=24).contains(&times).then(|| times * unit)
}
