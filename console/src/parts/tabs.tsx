import { NavLink } from 'react-router';

interface Props {
  label: string;
  tabs: { to: string; text: string }[];
}

/** The pages of a room, below its title. */
export function PageTabs({ label, tabs }: Props) {
  return (
    <nav className="page-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end>
          {tab.text}
        </NavLink>
      ))}
    </nav>
  );
}
