import {
  AuditOutlined,
  BankOutlined,
  CalculatorOutlined,
  HomeOutlined,
  LogoutOutlined,
  MoneyCollectOutlined,
  ReadOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { NavLink, Outlet } from 'react-router';
import { Mark } from '../parts/mark';
import { useSearchKey } from './keys';
import { useSession, useSignOut } from './session';

const rooms = [
  { to: '/', label: '首页', icon: <HomeOutlined /> },
  { to: '/settlement', label: '结算', icon: <AuditOutlined /> },
  { to: '/people', label: '参保人', icon: <TeamOutlined /> },
  { to: '/employers', label: '用人单位', icon: <BankOutlined /> },
  { to: '/contributions', label: '征缴', icon: <MoneyCollectOutlined /> },
  { to: '/policy', label: '政策', icon: <ReadOutlined /> },
  { to: '/trial', label: '待遇试算', icon: <CalculatorOutlined /> },
];

/** The frame around every page: the rooms on the left, who is working on the right. */
export function Shell() {
  const session = useSession();
  const signOut = useSignOut();
  useSearchKey();
  return (
    <div className="shell">
      <header className="shell-head no-print">
        <span className="shell-brand">统筹</span>
        <span className="shell-area">{session.area_name}医疗保障经办</span>
        {session.demo && <Mark tone="warning">演示数据</Mark>}
        <span className="shell-gap" />
        <span className="shell-today">业务日期 {session.today}</span>
        <span className="shell-user">
          {session.name}（{session.role_name}）
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
        {rooms.map((room) => (
          <NavLink key={room.to} to={room.to} end={room.to === '/'}>
            {room.icon}
            <span>{room.label}</span>
          </NavLink>
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
