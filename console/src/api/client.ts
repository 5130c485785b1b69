import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type Session = Schemas['Session'];
export type Words = Schemas['Words'];
export type Word = Schemas['Word'];
export type SettlementRow = Schemas['SettlementRow'];
export type SettlementDetail = Schemas['SettlementDetail'];
export type CounterUnit = Schemas['CounterUnit'];
export type SettlementStatus = Schemas['SettlementStatus'];
export type SettlementQuery = NonNullable<
  paths['/api/v1/settlements']['get']['parameters']['query']
>;
export type TraceStep = Schemas['TraceStep'];
export type TraceParameter = Schemas['TraceParameter'];
export type Source = Schemas['Source'];
export type PersonRow = Schemas['PersonRow'];
export type PersonDetail = Schemas['PersonDetail'];
export type CoveragePeriod = Schemas['CoveragePeriod'];
export type RegisterEntry = Schemas['RegisterEntry'];
export type ChangeAnswer = Schemas['ChangeAnswer'];
export type ReopenedBill = Schemas['ReopenedBill'];
export type EmployerLine = Schemas['EmployerLine'];
export type EmployerDetail = Schemas['EmployerDetail'];
export type MonthLine = Schemas['MonthLine'];
export type ArrearView = Schemas['ArrearView'];
export type BoardGroup = Schemas['BoardGroup'];
export type ContributionBoard = Schemas['ContributionBoard'];
export type RefundView = Schemas['RefundView'];
export type ReceiptLineView = Schemas['ReceiptLineView'];
export type ReceiptsResult = Schemas['ReceiptsResult'];
export type ListLine = Schemas['ListLine'];
export type ListDetail = Schemas['ListDetail'];
export type ListRowView = Schemas['ListRowView'];
export type ListChangeView = Schemas['ListChangeView'];
export type LapseView = Schemas['LapseView'];
export type WatchMonthView = Schemas['WatchMonthView'];
export type WatchPersonView = Schemas['WatchPersonView'];
export type AnsweredView = Schemas['AnsweredView'];
export type Finding = Schemas['Finding'];
export type FindingCount = Schemas['FindingCount'];
export type FindingDetail = Schemas['FindingDetail'];
export type CleaningRun = Schemas['CleaningRun'];
export type Import = Schemas['Import'];
export type FilingView = Schemas['FilingView'];
export type AccountDetail = Schemas['AccountDetail'];
export type AccountGrant = Schemas['Grant'];
export type PolicyArea = Schemas['PolicyArea'];
export type PolicyEdition = Schemas['PolicyEdition'];
export type PolicyEntry = Schemas['PolicyEntry'];
export type PolicyVersion = Schemas['PolicyVersion'];
export type PolicyTable = Schemas['PolicyTable'];
export type TrialRequest = Schemas['TrialRequest'];
export type TrialExample = Schemas['TrialExample'];
export type SimulatorOptions = Schemas['SimulatorOptions'];
export type SimulatorScheme = Schemas['SimulatorScheme'];
export type SimulatorExample = Schemas['SimulatorExample'];
export type SimulatorCase = Required<Schemas['SimulatorCase']>;
export type SimulatedGroup = Schemas['SimulatedGroup'];
export type SimulatedChange = Schemas['SimulatedChange'];
export type ClearingMonth = Schemas['ClearingMonth'];
export type StatementView = Schemas['StatementView'];
export type StatementLine = Schemas['StatementLineView'];
export type StatementDetail = Schemas['StatementDetail'];
export type StatementBill = Schemas['StatementBill'];
export type ObjectionView = Schemas['ObjectionView'];
export type BridgeView = Schemas['BridgeView'];
export type PaymentArrangement = Schemas['PaymentArrangement'];
export type CaseValue = Schemas['CaseValue'];
export type PaymentOrder = Schemas['OrderView'];
export type BankFile = Schemas['BankFileView'];
export type DischargeLine = Schemas['DischargeLine'];
export type DischargeView = Schemas['DischargeView'];
export type GroupView = Schemas['GroupView'];
export type QualityBoard = Schemas['QualityBoard'];
export type BudgetLine = Schemas['BudgetLine'];
export type BudgetInterview = Schemas['BudgetInterview'];
export type InterviewRequest = Schemas['InterviewRequest'];
export type DoubtQuery = Schemas['DoubtQuery'];
export type DoubtsAsked = NonNullable<paths['/api/v1/audit/doubts']['get']['parameters']['query']>;
export type DoubtView = Schemas['DoubtView'];
export type DoubtOffer = Schemas['DoubtOffer'];
export type DoubtCount = Schemas['DoubtCount'];
export type DoubtCase = Schemas['DoubtCaseView'];
export type DoubtLine = Schemas['DoubtLine'];
export type DoubtMoney = Schemas['DoubtMoneyView'];
export type DoubtStep = Schemas['DoubtStep'];
export type DoubtAttachment = Schemas['AttachmentView'];
export type DoubtNotice = Schemas['NoticeView'];
export type MoveRequest = Schemas['MoveRequest'];
export type BulkResult = Schemas['BulkView'];
export type SampleLine = Schemas['SampleLine'];
export type SampledDoubt = Schemas['SampledDoubt'];
export type RulePage = Schemas['RulePageView'];
export type RuleQuality = Schemas['RuleQualityView'];
export type CoveredRule = Schemas['CoveredRule'];
export type AuditRun = Schemas['AuditRunView'];
export type LedgerTransfer = Schemas['TransferView'];
export type Overview = Schemas['Overview'];
export type OverviewGroup = Schemas['OverviewGroup'];
export type OverviewMinute = Schemas['OverviewMinute'];

/** An answer other than success, carrying what the server says to the operator. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

/** What to say when the answer is not one of ours: a proxy's page, or no answer at all. */
function plainProblem(status: number): Problem {
  const message =
    status === 0
      ? '连接不上服务器，请检查网络后重试。'
      : `服务器没有正常应答（${status}），请稍后重试。`;
  return { code: 'unreachable', message, issues: [] };
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Unwraps an answer into its data, or throws an `ApiFailure` with a Chinese message. */
export async function answer<T>(sent: Promise<Answer<T>>): Promise<T> {
  let got: Answer<T>;
  try {
    got = await sent;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiFailure(0, plainProblem(0));
  }
  if (got.response.ok) return got.data as T;
  throw new ApiFailure(got.response.status, asProblem(got.error, got.response.status));
}

function asProblem(error: unknown, status: number): Problem {
  if (error && typeof error === 'object' && 'message' in error && 'code' in error) {
    const problem = error as Problem;
    return { ...problem, issues: problem.issues ?? [] };
  }
  return plainProblem(status);
}

/** The failure behind a query error, whatever was thrown. */
export function failureOf(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  return new ApiFailure(0, { code: 'unexpected', message: '页面出错，请刷新后重试。', issues: [] });
}

/** The options of a request that carries a form with a file; fields left empty are not sent. */
export function formBody(fields: Record<string, string | Blob | undefined>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== '') form.append(name, value);
  }
  return { body: form as never, bodySerializer: (body: unknown) => body as FormData };
}
