import { useEffect, useState } from 'react';
import { useMe } from '@/members/useMe';
import { readKeptFile } from '@/session/keptFiles';

/** The address of a picture that is kept in this browser until it is sent; undefined while it is read, and if it is gone. */
export function useKeptFileUrl(key: string): string | undefined {
  const { id: me } = useMe();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void readKeptFile(me, key).then((content) => {
      if (content && !gone) {
        made = URL.createObjectURL(content);
        setUrl(made);
      }
    });
    return () => {
      gone = true;
      if (made !== undefined) {
        URL.revokeObjectURL(made);
      }
    };
  }, [me, key]);
  return url;
}
