//! 政策参数：带生效日期与出处的待遇规则。
//!
//! The law of an area as typed values. A *topic* is one provision: an amount, a ratio, a scale, a
//! deductible pattern, a layer of the waterfall. Every topic holds [`Version`]s by effective date,
//! each with its [`Provenance`]; topics refer to one another by [`Ref`], resolved when the law is
//! read, so that nothing can dangle while a bill is decided. This crate decides nothing: it holds
//! rules and answers which of them fits a [`Situation`] on a date.
//!
//! Where to add: a new *amount* is a policy file; a new *kind* of rule is a file here, its reader
//! in `lawbook`, and its meaning in `settlement/src/steps`.

mod account;
mod allowance;
mod amount;
mod book;
mod calendar;
mod condition;
mod contribution;
mod credit;
mod dated;
mod deductible;
mod difficulty;
mod disease;
mod doubt;
mod enrolment;
mod filing;
mod gate;
mod item;
mod layer;
mod month;
mod overlay;
mod premium;
mod provenance;
mod provider_funds;
mod ratio;
mod scale;
mod settings;
mod situation;
mod table;
mod trace;
mod waiting;
mod watch;
mod waterfall;

pub use account::{AccountRule, AccountUse};
pub use allowance::{AllowanceRule, DayRule, WageBase};
pub use amount::{AmountTopic, AmountValue, Series, SeriesAmount};
pub use book::{AreaPolicy, Edition, PolicyBook, Ref, SchemePolicy, Topic};
pub use calendar::{Holiday, UnknownYear, WorkCalendar, WorkYear};
pub use condition::{Condition, Range, Test, WordSet};
pub use contribution::{
    BackPayment, BaseOf, BaseRule, Charge, ContributionRounding, ContributionRule, Cut, Deferral,
    DueDay, FeeMonths, LateFee, Levy, MonthlyRule, Payer, Relief, RequiredYears, RoundedPart,
    YearRounding,
};
pub use credit::{
    CashOutReason, CreditPart, CreditRule, DuringRelief, ExitRule, HeirTo, InterestMethod,
    InterestRule, SharingRule, SponsorOrder, TransferOut, WhileUnpaid,
};
pub use dated::{CaseDates, DateBasis, Dated, Version};
pub use deductible::{DeductibleRule, Pattern, StepValue};
pub use difficulty::{DifficultyRule, IdentityRule};
pub use disease::{Combine, Disease, DiseaseRules};
pub use doubt::{AuditDuring, DoubtRule};
pub use enrolment::{
    Absence, After, ArrearsRule, DoubleCover, EarlyStart, Elsewhere, EnrolmentRule, Keeps, LastDay,
    MissingYears, RetirementRule, Season, SeasonExtension, SwitchingRule, Transition, YearDay,
};
pub use filing::{
    DesignationRule, Effect, Filers, FilingRule, NonLocalCase, RecognitionCase, ReferralRule,
};
pub use gate::{Decision, Gate};
pub use item::{
    CatalogueItem, CeilingRule, ItemLimit, ItemRules, ItemTerms, LaneRule, LimitOn, PaidElsewhere,
    PriorValue, Restriction, SelfPaidRule,
};
pub use layer::{
    BaseTerm, Benefit, Cap, CapAmount, CapOn, Count, Counted, Cumulative, EdgeBasis, Excess,
    FixedPrice, Floor, Form, Layer, Part, Period, Rates, Subject,
};
pub use month::FeeMonth;
pub use overlay::{Overlay, OverlayEffect};
pub use premium::{
    AfterPayment, PremiumRefund, PremiumRule, RefundReason, RefundUntil, SubsidyAmount,
    SubsidyChoice, SubsidyGrant, SubsidyRule, Tier,
};
pub use provenance::{Level, Provenance, Source};
pub use provider_funds::{
    AdvanceRule, NettingRule, ProviderFundsRule, RetentionRule, ReturnStep, Shortfall, Silence,
    WarningRule,
};
pub use ratio::{Modifier, ModifierKind, RatioRule, RatioValue, Variable};
pub use scale::{Band, Bands, Scale};
pub use settings::{LaterBills, RoundingPer, Settings, SplitDeductible, YearBasis};
pub use situation::{ItemFacts, Situation};
pub use table::{Choose, Row, Table};
pub use trace::{CodeDuty, ScanDuty, SecondSaleRule, TraceRule};
pub use waiting::{BreakCase, CountFrom, Exemption, Minimum, MissedYears, Starts, WaitingRule};
pub use watch::{WatchLine, WatchRule};
pub use waterfall::{Chain, Entry, Waterfall};
