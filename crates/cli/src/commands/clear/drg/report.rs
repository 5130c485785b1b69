//! The result of a region by points, as its file shows it.

use money::{Decimal, ExactError};
use payment::Refusal;
use payment::drg::{DrgClearing, DrgRegion};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::commands::clear::problem::Problem;
use crate::commands::clear::write::{Listed, Mapped};

/// The result with what had to be rounded for it.
pub struct Report<'r> {
    region: &'r DrgRegion<'r>,
    cleared: &'r DrgClearing,
    mean_all: Decimal<4>,
    point_value: Decimal<4>,
    groups: Vec<(&'r str, GroupLine)>,
}

#[derive(Clone, Serialize)]
struct GroupLine {
    n: u64,
    mean: Decimal<4>,
    stable: bool,
    base_points: money::Points,
}

#[derive(Serialize)]
struct CaseLine<'r> {
    id: &'r str,
    cls: payment::drg::Class,
    points: money::Points,
    halved: bool,
}

impl<'r> Report<'r> {
    /// Rounds what is shown; nothing is computed from it.
    pub fn try_new(region: &'r DrgRegion<'r>, cleared: &'r DrgClearing) -> Result<Self, Problem> {
        let base = &cleared.base;
        let known = region.groups.iter();
        let known = known.filter_map(|(code, index)| Some((code, base.group(index)?)));
        let groups = known.map(|(code, group)| {
            let line = GroupLine {
                n: group.count,
                mean: group.mean.rounded()?,
                stable: group.stable,
                base_points: group.base_points,
            };
            Ok((code, line))
        });
        let rounded = || -> Result<Self, ExactError> {
            Ok(Self {
                region,
                cleared,
                mean_all: base.mean_all.rounded()?,
                point_value: cleared.pool.point_value.rounded()?,
                groups: groups.collect::<Result<_, ExactError>>()?,
            })
        };
        rounded().map_err(|_| {
            Problem::from(Refusal::TooLarge {
                what: "点值".into(),
            })
        })
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (region, cleared) = (self.region, self.cleared);
        let (pool, base) = (&cleared.pool, &cleared.base);
        let codes = region.roster.codes();
        let stable = region.groups.iter().filter_map(|(code, index)| {
            Some((code, base.group(index).filter(|group| group.stable)?))
        });
        let coefficients = codes.clone().map(|(code, institution)| {
            let each = stable.clone();
            let each = each.map(move |(group, facts)| (group, facts.coefficient(institution)));
            (code, Mapped(each))
        });
        let lines = region.discharges.iter().zip(&cleared.priced);
        let lines = lines.map(|(discharge, priced)| CaseLine {
            id: &discharge.id,
            cls: priced.class,
            points: priced.points,
            halved: priced.halved,
        });
        let points = codes
            .clone()
            .map(|(code, index)| (code, pool.of(index).points));
        let entitled = codes.map(|(code, index)| (code, pool.of(index).entitlement));
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("mean_all", &self.mean_all)?;
        out.serialize_entry(
            "groups",
            &Mapped(self.groups.iter().map(|(code, line)| (code, line))),
        )?;
        out.serialize_entry("coefficients", &Mapped(coefficients))?;
        out.serialize_entry("cases", &Listed(lines))?;
        out.serialize_entry("fund_items", &pool.fund_items)?;
        out.serialize_entry("fund_final", &pool.fund_final)?;
        out.serialize_entry("total_points", &pool.total_points)?;
        out.serialize_entry("point_value", &self.point_value)?;
        out.serialize_entry("hospital_points", &Mapped(points))?;
        out.serialize_entry("entitlement", &Mapped(entitled))?;
        out.end()
    }
}
