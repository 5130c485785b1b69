//! 计划的编码：自己的步骤写成任务的 JSON，其余交给 Ballista。

use std::sync::Arc;

use arrow_schema::SchemaRef;
use ballista_core::serde::{BallistaLogicalExtensionCodec, BallistaPhysicalExtensionCodec};
use datafusion::catalog::TableProvider;
use datafusion::common::{Result, TableReference};
use datafusion::error::DataFusionError;
use datafusion::execution::TaskContext;
use datafusion::logical_expr::{Extension, LogicalPlan};
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::logical_plan::LogicalExtensionCodec;
use datafusion_proto::physical_plan::{PhysicalExtensionCodec, PhysicalProtoConverterExtension};

use crate::plan::AuditTable;
use crate::spec::Spec;
use crate::step::{Step, Work};

/// Stands before our own steps; no message of Ballista begins so.
const OURS: &[u8] = b"\xfftongchou";

/// Codec of the table whose reading is the job.
#[derive(Debug, Default)]
pub struct TableCodec(BallistaLogicalExtensionCodec);

impl LogicalExtensionCodec for TableCodec {
    fn try_decode(
        &self,
        message: &[u8],
        inputs: &[LogicalPlan],
        context: &TaskContext,
    ) -> Result<Extension> {
        self.0.try_decode(message, inputs, context)
    }

    fn try_encode(&self, node: &Extension, message: &mut Vec<u8>) -> Result<()> {
        self.0.try_encode(node, message)
    }

    fn try_decode_table_provider(
        &self,
        message: &[u8],
        _: &TableReference,
        _: SchemaRef,
        _: &TaskContext,
    ) -> Result<Arc<dyn TableProvider>> {
        Ok(Arc::new(AuditTable(Arc::new(spec(message)?))))
    }

    fn try_encode_table_provider(
        &self,
        name: &TableReference,
        table: Arc<dyn TableProvider>,
        message: &mut Vec<u8>,
    ) -> Result<()> {
        let table: &dyn std::any::Any = table.as_ref();
        let Some(table) = table.downcast_ref::<AuditTable>() else {
            return Err(DataFusionError::Plan(format!(
                "集群只读审核结果表，不读{name}"
            )));
        };
        write(&table.0, message)
    }
}

/// Codec of our steps.
#[derive(Debug, Default)]
pub struct StepCodec(BallistaPhysicalExtensionCodec);

impl PhysicalExtensionCodec for StepCodec {
    fn try_decode(
        &self,
        message: &[u8],
        inputs: &[Arc<dyn ExecutionPlan>],
        context: &TaskContext,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let Some((number, text)) = message.strip_prefix(OURS).and_then(<[u8]>::split_first) else {
            return self.0.try_decode(message, inputs, context, converter);
        };
        let work = Work::ALL.get(usize::from(*number)).copied();
        let work = work.ok_or_else(|| DataFusionError::Plan(format!("不认识的步骤{number}")))?;
        let spec = Arc::new(spec(text)?);
        Ok(Arc::new(Step::new(work, spec, inputs.to_vec())))
    }

    fn try_encode(
        &self,
        node: Arc<dyn ExecutionPlan>,
        message: &mut Vec<u8>,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<()> {
        let Some(step) = node.downcast_ref::<Step>() else {
            return self.0.try_encode(node, message, converter);
        };
        let place = Work::ALL.iter().position(|&work| work == step.work);
        let number = place.and_then(|place| u8::try_from(place).ok());
        message.extend_from_slice(OURS);
        message.push(number.expect("every work has a small place"));
        write(&step.spec, message)
    }
}

fn spec(text: &[u8]) -> Result<Spec> {
    serde_json::from_slice(text)
        .map_err(|error| DataFusionError::Plan(format!("任务说明不可读：{error}")))
}

fn write(spec: &Spec, message: &mut Vec<u8>) -> Result<()> {
    serde_json::to_writer(message, spec)
        .map_err(|error| DataFusionError::Plan(format!("任务说明不可写：{error}")))
}
