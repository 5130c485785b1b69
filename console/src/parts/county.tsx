import { useWords } from '../app/queries';

/** A county of the area by its name, or its code where it lies elsewhere. */
export function County({ code }: { code: string }) {
  const words = useWords();
  const known = words.data?.counties.find((county) => county.code === code);
  return <>{known?.name ?? code}</>;
}
