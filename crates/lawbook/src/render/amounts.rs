use money::Ratio;
use policy::{
    AmountValue, Bands, Modifier, ModifierKind, RatioRule, RatioValue, Scale, Series, Table,
    Variable,
};

use super::{Legend, Rendered, choose_row, condition_text};

/// An amount topic.
pub(crate) fn amount(legend: &Legend<'_>, table: &Table<AmountValue>) -> Rendered {
    legend.table(table, |value| amount_text(legend, value))
}

fn amount_text(legend: &Legend<'_>, value: &AmountValue) -> String {
    match value {
        AmountValue::Fixed(amount) => format!("{amount}元"),
        AmountValue::Unlimited => "不设限".to_owned(),
        AmountValue::Series(series) => {
            let year = match series.year_offset {
                0 => "当年".to_owned(),
                -1 => "上年度".to_owned(),
                offset => format!("{}年前", -offset),
            };
            format!(
                "{year}{}×{}（{}到{}元）",
                legend.title(&legend.scheme.series, series.series),
                series.factor,
                series.rounding.name(),
                money::Fen::new(series.unit_fen)
            )
        }
    }
}

/// A statistic series.
pub(crate) fn series(series: &Series) -> Rendered {
    let row = |(year, value): &(i16, money::Fen)| vec![format!("{year}年"), format!("{value}元")];
    Rendered::grid(&["年份", "数值"], series.years.iter().map(row).collect())
}

/// A ratio topic with its modifiers.
pub(crate) fn ratio(legend: &Legend<'_>, rule: &RatioRule) -> Rendered {
    if rule.modifiers.is_empty() {
        return legend.table(&rule.table, ratio_text);
    }
    let mut rows = legend.rows(&rule.table, ratio_text);
    rows.extend(choose_row(&rule.table));
    rows.extend(
        rule.modifiers
            .iter()
            .map(|modifier| modifier_row(legend, modifier)),
    );
    Rendered::grid(&["适用", "取值"], rows)
}

/// A ratio in words.
pub(crate) fn ratio_text(value: &RatioValue) -> String {
    match value {
        RatioValue::Fixed(ratio) => ratio.to_string(),
        RatioValue::Linear {
            base,
            step,
            variable,
        } => {
            let variable = match variable {
                Variable::Age => "周岁",
                Variable::EnrolledYears => "连续参保年数",
                Variable::AdmissionNumber => "年度内住院次序",
            };
            format!("{base}＋{step}×{variable}")
        }
    }
}

fn modifier_row(legend: &Legend<'_>, modifier: &Modifier) -> Vec<String> {
    let change = match modifier.kind {
        ModifierKind::Points(points) => points_text(points),
        ModifierKind::OwnShareFactor(factor) => format!("个人负担乘以{factor}"),
        ModifierKind::Factor(factor) => format!("比例乘以{factor}"),
        ModifierKind::Replace(ratio) => format!("改为{ratio}"),
    };
    let condition = condition_text(legend, &modifier.condition);
    let named = if condition.is_empty() {
        modifier.title.clone()
    } else {
        format!("{}（{condition}）", modifier.title)
    };
    vec![named, change]
}

fn points_text(points: Ratio) -> String {
    let text = points.to_string();
    let number = text.trim_end_matches('%');
    match number.strip_prefix('-') {
        Some(number) => format!("减{number}个百分点"),
        None => format!("加{number}个百分点"),
    }
}

/// A scale topic with its modifiers.
pub(crate) fn scale(legend: &Legend<'_>, scale: &Scale) -> Rendered {
    let mut rows = legend.rows(&scale.table, bands_text);
    rows.extend(choose_row(&scale.table));
    rows.extend(
        scale
            .modifiers
            .iter()
            .map(|modifier| modifier_row(legend, modifier)),
    );
    if scale.whole_amount {
        let how = "全部费用按达到的那一段";
        rows.push(vec!["计算".to_owned(), how.to_owned()]);
    }
    Rendered::grid(&["适用", "分段比例"], rows)
}

fn bands_text(bands: &Bands) -> String {
    let texts: Vec<String> = bands
        .iter()
        .map(|band| {
            let rate = ratio_text(&band.rate);
            if bands.len() == 1 {
                return rate;
            }
            match band.to {
                Some(to) if band.from.is_zero() => format!("{to}元及以下{rate}"),
                Some(to) => format!("{}至{to}元{rate}", band.from),
                None => format!("{}元以上{rate}", band.from),
            }
        })
        .collect();
    texts.join("，")
}
