import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Gate } from './app/Gate';
import { queryClient } from './app/queries';
import { consoleTheme } from './app/theme';
import { Lost } from './routes/Lost';
import { OverviewPage } from './routes/overview/OverviewPage';
import { EmployerPage } from './routes/contribution/EmployerPage';
import { EmployersPage } from './routes/contribution/EmployersPage';
import { MonthPage } from './routes/contribution/MonthPage';
import { BudgetPage } from './routes/budget/BudgetPage';
import { AuditPage } from './routes/audit/AuditPage';
import { CoveragePage } from './routes/audit/CoveragePage';
import { DoubtPage } from './routes/audit/DoubtPage';
import { InboxPage } from './routes/audit/InboxPage';
import { NoticesPage } from './routes/audit/NoticesPage';
import { QualityPage } from './routes/audit/QualityPage';
import { RunsPage as AuditRunsPage } from './routes/audit/RunsPage';
import { SamplePage } from './routes/audit/SamplePage';
import { SamplesPage } from './routes/audit/SamplesPage';
import { ClearingPage } from './routes/clearing/ClearingPage';
import { StatementPage } from './routes/clearing/StatementPage';
import { CleaningPage } from './routes/cleaning/CleaningPage';
import { RunsPage } from './routes/cleaning/RunsPage';
import { LapsesPage } from './routes/difficulty/LapsesPage';
import { ListPage } from './routes/difficulty/ListPage';
import { ListsPage } from './routes/difficulty/ListsPage';
import { WatchPage } from './routes/difficulty/WatchPage';
import { DischargesPage } from './routes/discharge/DischargesPage';
import { FilingsPage } from './routes/filing/FilingsPage';
import { PaymentsPage } from './routes/payment/PaymentsPage';
import { PeoplePage } from './routes/people/PeoplePage';
import { PersonPage } from './routes/people/PersonPage';
import { PolicyPage } from './routes/policy/PolicyPage';
import { SettlementListPage } from './routes/settlement/SettlementListPage';
import { SettlementPage } from './routes/settlement/SettlementPage';
import { SimulatorPage } from './routes/simulator/SimulatorPage';
import { TrialPage } from './routes/trial/TrialPage';
import './styles/shell.css';
import './styles/parts.css';
import './styles/receipt.css';
import './styles/trace.css';
import './styles/overview.css';
import './styles/people.css';
import './styles/policy.css';
import './styles/trial.css';
import './styles/worklist.css';
import './styles/simulator.css';
import './styles/clearing.css';
import './styles/audit.css';
import './styles/print.css';

dayjs.locale('zh-cn');

const router = createBrowserRouter([
  {
    element: <Gate />,
    errorElement: <Lost broken />,
    children: [
      { path: '/', element: <OverviewPage /> },
      { path: '/settlement', element: <SettlementListPage /> },
      { path: '/settlement/:id', element: <SettlementPage /> },
      { path: '/people', element: <PeoplePage /> },
      { path: '/people/:no', element: <PersonPage /> },
      { path: '/employers', element: <EmployersPage /> },
      { path: '/employers/:no', element: <EmployerPage /> },
      { path: '/contributions', element: <MonthPage /> },
      { path: '/contributions/:month', element: <MonthPage /> },
      { path: '/difficulty', element: <ListsPage /> },
      { path: '/difficulty/lapses', element: <LapsesPage /> },
      { path: '/difficulty/:id', element: <ListPage /> },
      { path: '/watch', element: <WatchPage /> },
      { path: '/watch/:month', element: <WatchPage /> },
      { path: '/cleaning', element: <CleaningPage /> },
      { path: '/cleaning/runs', element: <RunsPage /> },
      { path: '/filings', element: <FilingsPage /> },
      { path: '/policy', element: <PolicyPage /> },
      { path: '/policy/:area', element: <PolicyPage /> },
      { path: '/trial', element: <TrialPage /> },
      { path: '/simulator', element: <SimulatorPage /> },
      { path: '/discharges', element: <DischargesPage /> },
      { path: '/clearing', element: <ClearingPage /> },
      { path: '/clearing/:month', element: <ClearingPage /> },
      { path: '/clearing/statements/:id', element: <StatementPage /> },
      { path: '/budgets', element: <BudgetPage /> },
      { path: '/budgets/:month', element: <BudgetPage /> },
      { path: '/payments', element: <PaymentsPage /> },
      { path: '/payments/:month', element: <PaymentsPage /> },
      { path: '/audit', element: <AuditPage /> },
      { path: '/audit/doubts/:id', element: <DoubtPage /> },
      { path: '/audit/samples', element: <SamplesPage /> },
      { path: '/audit/samples/:id', element: <SamplePage /> },
      { path: '/audit/quality', element: <QualityPage /> },
      { path: '/audit/coverage', element: <CoveragePage /> },
      { path: '/audit/notices', element: <NoticesPage /> },
      { path: '/audit/runs', element: <AuditRunsPage /> },
      { path: '/inbox', element: <InboxPage /> },
      { path: '*', element: <Lost /> },
    ],
  },
]);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={consoleTheme} button={{ autoInsertSpace: false }}>
        <QueryClientProvider client={queryClient}>
          <App component={false}>
            <RouterProvider router={router} />
          </App>
        </QueryClientProvider>
      </ConfigProvider>
    </StrictMode>,
  );
}
