/// Declares a row with its table: every column is named once, for both engines and both ways.
///
/// The pooling area leads every table and is given beside the row.
macro_rules! row {
    (@type text) => { String };
    (@type json) => { String };
    (@type bytes) => { Vec<u8> };
    (@type fen) => { money::Fen };
    (@type int) => { i64 };
    (@type place) => { terms::AreaCode };
    (@type flag) => { bool };
    (@type date) => { jiff::civil::Date };
    (@type maybe_date) => { Option<jiff::civil::Date> };
    (@type time) => { jiff::civil::DateTime };
    (@type maybe_time) => { Option<jiff::civil::DateTime> };
    (@kind text) => { Kind::Text };
    (@kind json) => { Kind::Json };
    (@kind bytes) => { Kind::Bytes };
    (@kind fen) => { Kind::Int };
    (@kind int) => { Kind::Int };
    (@kind place) => { Kind::Int };
    (@kind flag) => { Kind::Bool };
    (@kind date) => { Kind::Date };
    (@kind maybe_date) => { Kind::Date };
    (@kind time) => { Kind::Time };
    (@kind maybe_time) => { Kind::Time };
    (@put text, $cells:ident, $value:expr) => { $cells.text(&$value) };
    (@put json, $cells:ident, $value:expr) => { $cells.text(&$value) };
    (@put bytes, $cells:ident, $value:expr) => { $cells.bytes(&$value) };
    (@put fen, $cells:ident, $value:expr) => { $cells.fen($value) };
    (@put int, $cells:ident, $value:expr) => { $cells.int($value) };
    (@put place, $cells:ident, $value:expr) => { $cells.area($value) };
    (@put flag, $cells:ident, $value:expr) => { $cells.bool($value) };
    (@put date, $cells:ident, $value:expr) => { $cells.date($value) };
    (@put maybe_date, $cells:ident, $value:expr) => { $cells.date_or_null($value) };
    (@put time, $cells:ident, $value:expr) => { $cells.time($value) };
    (@put maybe_time, $cells:ident, $value:expr) => { $cells.time_or_null($value) };
    (@take text, $record:ident) => { $record.text() };
    (@take json, $record:ident) => { $record.text() };
    (@take bytes, $record:ident) => { $record.bytes() };
    (@take fen, $record:ident) => { $record.fen() };
    (@take int, $record:ident) => { $record.int() };
    (@take place, $record:ident) => { $record.area() };
    (@take flag, $record:ident) => { $record.bool() };
    (@take date, $record:ident) => { $record.date() };
    (@take maybe_date, $record:ident) => { $record.date_or_null() };
    (@take time, $record:ident) => { $record.time() };
    (@take maybe_time, $record:ident) => { $record.time_or_null() };
    (
        $(#[$about:meta])*
        $row:ident, $table:ident $name:literal at $home:expr,
        { $( $(#[$says:meta])* $field:ident: $kind:ident $column:literal, )+ }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $row {
            $( $(#[$says])* pub $field: row!(@type $kind), )+
        }

        pub(crate) const $table: Table = Table {
            name: $name,
            home: $home,
            columns: &[("area", Kind::Int), $( ($column, row!(@kind $kind)), )+],
        };

        impl $row {
            pub(crate) fn put<'a>(&'a self, cells: &mut Cells<'a>, area: AreaCode) {
                cells.area(area);
                $( row!(@put $kind, cells, self.$field); )+
            }

            pub(crate) fn take(record: &mut Record) -> Result<Self, Fault> {
                record.skip(1);
                Ok(Self { $( $field: row!(@take $kind, record)?, )+ })
            }
        }
    };
}

pub(crate) use row;
