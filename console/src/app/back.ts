import { useLocation, useNavigate } from 'react-router';
import { useKey } from './keys';

/** Goes back where the reader came from, or up when the page was opened directly; Esc does the same. */
export function useBack(up: string): () => void {
  const navigate = useNavigate();
  const { key } = useLocation();
  const back = () => void (key === 'default' ? navigate(up) : navigate(-1));
  useKey('Escape', back);
  return back;
}
