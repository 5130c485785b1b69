//! 计划的一步：在集群的一台机器上做的事。

use std::fmt;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_schema::SchemaRef;
use columnar::{Fault, Parts};
use datafusion::common::Result;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{Distribution, EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchReceiverStream;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, InputDistributionRequirements, Partitioning,
    PlanProperties, ReplaceChildrenOptions, common,
};

use crate::plan::hashed;
use crate::run::FAULT;
use crate::spec::{Base, Spec};
use crate::{facts, found, judge, rows};

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Reads parts of the lines and says what all must know of them.
    Survey,
    /// Brings together what was said of one thing.
    Join,
    /// Reads parts of the lines and deals them to people, institutions and the whole.
    Deal,
    /// Judges the shares that were dealt.
    Judge,
}

impl Work {
    /// All kinds of work; the place is its number in messages.
    pub const ALL: [Self; 4] = [Self::Survey, Self::Join, Self::Deal, Self::Judge];

    fn schema(self) -> SchemaRef {
        match self {
            Self::Survey | Self::Join => facts::schema(),
            Self::Deal => rows::schema(),
            Self::Judge => found::schema(),
        }
    }

    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Survey => "普查明细",
            Self::Join => "汇总普查",
            Self::Deal => "分发明细",
            Self::Judge => "审核一份",
        }
    }
}

/// One step of a plan, with what it works on (步骤).
#[derive(Debug, Clone)]
pub struct Step {
    /// What it does.
    pub work: Work,
    /// For which run.
    pub spec: Arc<Spec>,
    inputs: Vec<Arc<dyn ExecutionPlan>>,
    properties: Arc<PlanProperties>,
}

impl Step {
    /// A step over its inputs: numbers of parts, or rows; judging also over facts.
    pub fn new(work: Work, spec: Arc<Spec>, inputs: Vec<Arc<dyn ExecutionPlan>>) -> Self {
        let cut = inputs.first().map_or(1, |input| {
            input.properties().output_partitioning().partition_count()
        });
        let properties = PlanProperties::new(
            EquivalenceProperties::new(work.schema()),
            Partitioning::UnknownPartitioning(cut),
            EmissionType::Final,
            Boundedness::Bounded,
        );
        Self {
            work,
            spec,
            inputs,
            properties: Arc::new(properties),
        }
    }

    fn input(
        &self,
        place: usize,
        partition: usize,
        context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let input = self.inputs.get(place).ok_or_else(|| {
            DataFusionError::Internal(format!("{}缺第{place}个输入", self.work.name()))
        })?;
        input.execute(partition, Arc::clone(context))
    }
}

impl DisplayAs for Step {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.work)
    }
}

impl ExecutionPlan for Step {
    fn name(&self) -> &str {
        self.work.name()
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        self.inputs.iter().collect()
    }

    fn input_distribution_requirements(&self) -> InputDistributionRequirements {
        let dealt = |names, schema| Distribution::KeyPartitioned(hashed(names, &schema));
        InputDistributionRequirements::new(match self.work {
            Work::Survey | Work::Deal => vec![Distribution::UnspecifiedDistribution],
            Work::Join => vec![dealt(facts::JOINED_BY, facts::schema())],
            Work::Judge => vec![
                dealt(rows::DEALT_BY, rows::schema()),
                Distribution::SinglePartition,
            ],
        })
    }

    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        vec![false; self.inputs.len()]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(Arc::new(Self::new(
            self.work,
            Arc::clone(&self.spec),
            children,
        )))
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(Arc::new(Self::new(
            self.work,
            Arc::clone(&self.spec),
            children,
        )))
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let first = self.input(0, partition, &context)?;
        let second = match self.work {
            Work::Judge => Some(self.input(1, 0, &context)?),
            _ => None,
        };
        let (work, spec) = (self.work, Arc::clone(&self.spec));
        let mut builder = RecordBatchReceiverStream::builder(work.schema(), 2);
        let sender = builder.tx();
        builder.spawn(async move {
            let taken = common::collect(first).await?;
            let facts = match second {
                Some(second) => common::collect(second).await?,
                None => Vec::new(),
            };
            // Reading and judging keep a processor busy: not on the threads that serve others.
            let run = move || {
                let mut send = |batch| sender.blocking_send(Ok(batch)).map_err(|_| Stop::Unheard);
                match perform(work, &spec, &taken, &facts, &mut send) {
                    Err(Stop::Failed(error)) => Err(error),
                    Ok(()) | Err(Stop::Unheard) => Ok(()),
                }
            };
            let done = tokio::task::spawn_blocking(run).await;
            done.map_err(|error| DataFusionError::External(Box::new(error)))?
        });
        Ok(builder.build())
    }
}

/// Why a step ends early.
enum Stop {
    /// Nobody wants the rest.
    Unheard,
    /// Something is wrong.
    Failed(DataFusionError),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Failed(DataFusionError::Execution(format!("{FAULT}{fault}")))
    }
}

impl From<arrow_schema::ArrowError> for Stop {
    fn from(error: arrow_schema::ArrowError) -> Self {
        Self::Failed(error.into())
    }
}

type Send<'s> = dyn FnMut(RecordBatch) -> Result<(), Stop> + 's;

fn perform(
    work: Work,
    spec: &Spec,
    taken: &[RecordBatch],
    facts: &[RecordBatch],
    send: &mut Send<'_>,
) -> Result<(), Stop> {
    crate::tell(format_args!("开始{}", work.name()));
    match work {
        Work::Survey => survey(spec, taken, send)?,
        Work::Join => send(facts::join(taken)?)?,
        Work::Deal => deal(spec, taken, send)?,
        Work::Judge => {
            let base = Base::of(spec)?;
            let told = judge::judge(&base, taken, &facts::Facts::of(facts));
            told.chunks(1 << 14)
                .try_for_each(|told| send(found::batch(told)?))?;
        }
    }
    crate::tell(format_args!("做完{}", work.name()));
    Ok(())
}

fn numbers(taken: &[RecordBatch]) -> impl Iterator<Item = u32> {
    taken.iter().flat_map(|batch| {
        let numbers = batch.column(0).as_primitive::<UInt32Type>();
        numbers.values().to_vec()
    })
}

fn survey(spec: &Spec, taken: &[RecordBatch], send: &mut Send<'_>) -> Result<(), Stop> {
    let parts = Parts::open(&spec.data)?;
    for part in numbers(taken) {
        let mut before = 0;
        parts.read(part as usize, |block| {
            let batch = facts::of_block(&block, (part, before))?;
            before += u32::try_from(block.lines.len()).expect("fewer than 2^32 lines");
            send(batch)
        })?;
    }
    Ok(())
}

fn deal(spec: &Spec, taken: &[RecordBatch], send: &mut Send<'_>) -> Result<(), Stop> {
    let base = Base::of(spec)?;
    for part in numbers(taken) {
        // The part after the last one stands for the tables.
        if part as usize == spec.parts {
            rows::of_tables(&base.tables)?
                .into_iter()
                .try_for_each(&mut *send)?;
        }
        let mut before = 0;
        base.parts.read(part as usize, |block| {
            let batches = rows::of_block(&block, (part, before), &base.tables)?;
            before += u32::try_from(block.lines.len()).expect("fewer than 2^32 lines");
            batches.into_iter().try_for_each(&mut *send)
        })?;
    }
    Ok(())
}
