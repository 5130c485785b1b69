import { useLocation, useNavigate } from 'react-router';
import { useKey } from './keys';

/** Goes back to where the reader came from, or up when there is no such page; so does Esc. */
export function useBack(up: string): () => void {
  const navigate = useNavigate();
  const { key } = useLocation();
  const back = () => void (key === 'default' ? navigate(up) : navigate(-1));
  useKey('Escape', back);
  return back;
}
