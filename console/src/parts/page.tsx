import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}

/** A page of the console: a title line and what follows. */
export function Page({ title, extra, children }: Props) {
  return (
    <section className="page">
      <header className="page-head no-print">
        <h1>{title}</h1>
        <div className="page-extra">{extra}</div>
      </header>
      {children}
    </section>
  );
}
