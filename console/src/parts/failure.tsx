import { Alert, Button } from 'antd';
import { failureOf } from '../api/client';

interface Props {
  error: unknown;
  retry?: () => void;
}

/** What the server said no to, in its own words, with each issue on a line. */
export function Failure({ error, retry }: Props) {
  const { problem, status } = failureOf(error);
  const issues = problem.issues ?? [];
  return (
    <Alert
      className="failure"
      type={status === 404 || status === 422 ? 'warning' : 'error'}
      showIcon
      title={problem.message}
      description={
        issues.length > 0 && (
          <ul className="failure-issues">
            {issues.map((issue) => (
              <li key={issue.path + issue.message}>
                <code>{issue.path}</code> {issue.message}
              </li>
            ))}
          </ul>
        )
      }
      action={
        retry && (
          <Button size="small" onClick={retry}>
            重试
          </Button>
        )
      }
    />
  );
}
