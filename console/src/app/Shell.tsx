import {
  AlertOutlined,
  AuditOutlined,
  BankOutlined,
  CalculatorOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  FundOutlined,
  HomeOutlined,
  InboxOutlined,
  LogoutOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  ProfileOutlined,
  ReadOutlined,
  ReconciliationOutlined,
  SafetyCertificateOutlined,
  SolutionOutlined,
  TeamOutlined,
  TransactionOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { Fragment } from 'react';
import { Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { Mark } from '../parts/mark';
import { useSearchKey } from './keys';
import { useSession, useSignOut } from './session';

const groups: { title: string; rooms: Room[] }[] = [
  { title: '', rooms: [{ to: '/', label: '首页', icon: <HomeOutlined /> }] },
  {
    title: '参保与缴费',
    rooms: [
      { to: '/people', label: '参保人', icon: <TeamOutlined /> },
      { to: '/employers', label: '用人单位', icon: <BankOutlined /> },
      { to: '/contributions', label: '征缴', icon: <MoneyCollectOutlined /> },
      { to: '/cleaning', label: '信息清查', icon: <FileSearchOutlined /> },
    ],
  },
  {
    title: '困难人员',
    rooms: [
      { to: '/difficulty', label: '困难名单', icon: <InboxOutlined /> },
      { to: '/watch', label: '返贫预警', icon: <AlertOutlined /> },
    ],
  },
  {
    title: '待遇',
    rooms: [
      { to: '/settlement', label: '结算', icon: <AuditOutlined /> },
      { to: '/filings', label: '备案审核', icon: <SolutionOutlined /> },
      { to: '/trial', label: '待遇试算', icon: <CalculatorOutlined /> },
      { to: '/policy', label: '政策', icon: <ReadOutlined /> },
    ],
  },
  {
    title: '支付与清算',
    rooms: [
      { to: '/simulator', label: '分组模拟', icon: <ExperimentOutlined /> },
      { to: '/discharges', label: '结算清单', icon: <ProfileOutlined /> },
      { to: '/clearing', label: '清算', icon: <ReconciliationOutlined /> },
      { to: '/payments', label: '拨付', icon: <TransactionOutlined /> },
      { to: '/budgets', label: '预算执行', icon: <FundOutlined /> },
    ],
  },
  {
    title: '审核',
    rooms: [
      { to: '/audit', label: '疑点审核', icon: <SafetyCertificateOutlined /> },
      // What came on paper is entered by administrators alone.
      { to: '/inbox', label: '机构收件箱', icon: <MailOutlined />, only: 'admin' },
    ],
  },
];

interface Room {
  to: string;
  label: string;
  icon: React.ReactNode;
  /** The only role that works there. */
  only?: string;
}

const roomOf = (role: string) => (room: Room) => !room.only || room.only === role;

/** What an institution's account finds here: what the agency asks of it. */
const ofInstitutions: typeof groups = [
  { title: '', rooms: [{ to: '/inbox', label: '疑点通知', icon: <MailOutlined /> }] },
];

/** The frame around every page: the rooms on the left, who is working on the right. */
export function Shell() {
  const session = useSession();
  const signOut = useSignOut();
  useSearchKey();
  const { pathname } = useLocation();
  const outside = session.role === 'hospital';
  if (outside && pathname !== '/inbox') return <Navigate to="/inbox" replace />;
  return (
    <div className="shell">
      <header className="shell-head no-print">
        <span className="shell-brand">统筹</span>
        <span className="shell-area">{session.area_name}医疗保障经办</span>
        {session.demo && <Mark tone="warning">演示数据</Mark>}
        <span className="shell-gap" />
        <span className="shell-today">业务日期 {session.today}</span>
        <span className="shell-user">
          {session.institution_name} {session.name}（{session.role_name}）
        </span>
        <Tooltip title="退出登录">
          <Button
            type="text"
            aria-label="退出登录"
            icon={<LogoutOutlined />}
            onClick={() => signOut.mutate()}
          />
        </Tooltip>
      </header>
      <nav className="shell-nav no-print" aria-label="主导航">
        {(outside ? ofInstitutions : groups).map((group) => (
          <Fragment key={group.title}>
            {group.title && <p className="shell-group">{group.title}</p>}
            {group.rooms.filter(roomOf(session.role)).map((room) => (
              <NavLink key={room.to} to={room.to} end={room.to === '/'}>
                {room.icon}
                <span>{room.label}</span>
              </NavLink>
            ))}
          </Fragment>
        ))}
        <dl className="shell-keys">
          <div>
            <dt>/</dt>
            <dd>搜索</dd>
          </div>
          <div>
            <dt>↑ ↓</dt>
            <dd>选择</dd>
          </div>
          <div>
            <dt>回车</dt>
            <dd>打开</dd>
          </div>
          <div>
            <dt>Esc</dt>
            <dd>返回</dd>
          </div>
        </dl>
      </nav>
      <main className="shell-main">
        <Outlet />
      </main>
    </div>
  );
}
