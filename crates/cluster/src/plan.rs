//! 集群审核的计划：普查、分发、审核。

use std::sync::Arc;

use arrow_array::{RecordBatch, UInt32Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result;
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_plan::coalesce_partitions::CoalescePartitionsExec;
use datafusion::physical_plan::repartition::RepartitionExec;
use datafusion::physical_plan::{ExecutionPlan, Partitioning};

use crate::spec::Spec;
use crate::step::{Step, Work};
use crate::{facts, found, rows};

/// The result of a run as a table: to read it is to run the job (审核结果表).
#[derive(Debug, Clone)]
pub struct AuditTable(pub Arc<Spec>);

#[async_trait]
impl TableProvider for AuditTable {
    fn schema(&self) -> SchemaRef {
        found::schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        _: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        _: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let width = found::schema().fields().len();
        if projection.is_some_and(|chosen| !chosen.iter().copied().eq(0..width)) {
            return Err(DataFusionError::NotImplemented(
                "审核结果只能整行读取".to_owned(),
            ));
        }
        plan(&self.0)
    }
}

/// The plan of a run:
///
/// ```text
/// parts ─ Survey ─ by thing ─ Join ─ in one ─┐
/// parts ─ Deal ─ by person, institution, whole ─ Judge ─ findings
/// ```
fn plan(spec: &Arc<Spec>) -> Result<Arc<dyn ExecutionPlan>> {
    let step = |work, inputs| -> Arc<dyn ExecutionPlan> {
        Arc::new(Step::new(work, Arc::clone(spec), inputs))
    };
    let said = step(Work::Survey, vec![parts(spec.parts)?]);
    let said = dealt(said, facts::JOINED_BY, spec.shares)?;
    let joined = step(Work::Join, vec![said]);
    let joined = Arc::new(CoalescePartitionsExec::new(joined));
    let lines = step(Work::Deal, vec![parts(spec.parts + 1)?]);
    let lines = dealt(lines, rows::DEALT_BY, spec.shares)?;
    Ok(step(Work::Judge, vec![lines, joined]))
}

/// A source of the numbers of parts, each a partition of its own: sources of this kind are what the
/// scheduler knows how to hand out piece by piece.
fn parts(count: usize) -> Result<Arc<dyn ExecutionPlan>> {
    let schema = Arc::new(Schema::new(vec![Field::new(
        "part",
        DataType::UInt32,
        false,
    )]));
    let numbers = (0_u32..).take(count);
    let batch = |number| {
        let column = Arc::new(UInt32Array::from(vec![number]));
        Ok(vec![RecordBatch::try_new(
            Arc::clone(&schema),
            vec![column],
        )?])
    };
    let partitions = numbers.map(batch).collect::<Result<Vec<_>>>()?;
    let source = MemorySourceConfig::try_new_exec(&partitions, Arc::clone(&schema), None)?;
    Ok(source)
}

fn dealt(
    input: Arc<dyn ExecutionPlan>,
    names: [&str; 2],
    shares: usize,
) -> Result<Arc<dyn ExecutionPlan>> {
    let by = Partitioning::Hash(hashed(names, &input.schema()), shares);
    Ok(Arc::new(RepartitionExec::try_new(input, by)?))
}

/// Columns as expressions to be hashed.
pub fn hashed(names: [&str; 2], schema: &SchemaRef) -> Vec<Arc<dyn PhysicalExpr>> {
    let column = |name: &str| -> Arc<dyn PhysicalExpr> {
        let place = schema.index_of(name).expect("a column of the schema");
        Arc::new(Column::new(name, place))
    };
    names.into_iter().map(column).collect()
}
