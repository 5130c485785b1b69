import { Table, type TableColumnsType } from 'antd';
import { Fragment } from 'react';
import type { PolicyEdition, PolicyEntry } from '../../api/client';
import { AssumedTag, SourceText } from '../../parts/trace';
import { ValueTable } from './ValueTable';

function columns(open: (key: string) => void): TableColumnsType<PolicyEntry> {
  return [
    {
      title: '参数',
      dataIndex: 'title',
      width: 210,
      render: (title: string, entry) => (
        <>
          {title}
          <small className="policy-key">{entry.key}</small>
        </>
      ),
    },
    {
      title: '取值',
      render: (_, { version }) =>
        version.table ? <ValueTable table={version.table} /> : <b>{version.value_text}</b>,
    },
    {
      title: '依据',
      width: 290,
      render: (_, { version }) => (
        <>
          {version.assumed && <AssumedTag reason={version.assumed_reason} />}{' '}
          <SourceText parameter={version} />
          {version.note && <small className="policy-note">{version.note}</small>}
          <small className="policy-note digits">
            {version.level_name}　{version.effective_from} 起
            {version.checked && `　核对 ${version.checked}`}
          </small>
        </>
      ),
    },
    {
      title: '历史',
      width: 56,
      align: 'center',
      render: (_, entry) => (
        <button
          type="button"
          className="link-button"
          aria-label={`${entry.versions} 版，${entry.title}的历史`}
          onClick={() => open(entry.key)}
        >
          {entry.versions} 版
        </button>
      ),
    },
  ];
}

interface Props {
  topics: PolicyEdition['topics'];
  open: (key: string) => void;
}

/** The parameters by topic, with a list of the topics to jump to. */
export function PolicyTopics({ topics, open }: Props) {
  return (
    <div className="policy">
      <nav className="policy-contents" aria-label="主题">
        {topics.map((topic, at) => (
          <Fragment key={topic.code}>
            {topic.scheme !== topics[at - 1]?.scheme && <h3>{topic.scheme_name ?? '通用'}</h3>}
            <a href={`#${topic.code}`}>
              <span>{topic.title}</span>
              <small>{topic.entries.length}</small>
            </a>
          </Fragment>
        ))}
      </nav>
      <div className="policy-topics">
        {topics.map((topic) => (
          <section key={topic.code} id={topic.code}>
            <h2>
              {topic.title}
              {topic.scheme_name && <small>{topic.scheme_name}</small>}
            </h2>
            <Table<PolicyEntry>
              size="small"
              pagination={false}
              rowKey="key"
              dataSource={topic.entries}
              columns={columns(open)}
            />
          </section>
        ))}
      </div>
    </div>
  );
}
